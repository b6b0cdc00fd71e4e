using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Regard.Access;

/// <summary>What stands between a request and its endpoint: limits, who is asking, whether they may.</summary>
internal static class AccessPipeline
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<CallerLookup>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignInDesk>();
        services.AddSingleton<JoinDesk>();
        services.AddSingleton<StaffDesk>();
        services.AddSingleton<PortalDesk>();
        services.AddSingleton<PortalLinkQueue>();
        services.AddHostedService<PortalLinkJob>();
        services.AddLimits();
        services.AddDataProtection().SetApplicationName("regard");
        services.AddSingleton<DataProtectionKeyStore>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = provider.GetRequiredService<DataProtectionKeyStore>()));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "regard-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Strict would give whoever comes from a link in a mail a new cookie, and every form of an open tab would be refused.
            options.Cookie.SameSite = SameSiteMode.Lax;
            // The faces' own policy forbids frames; this older header would only repeat it.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = Limits.BodyBytes);
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
    }

    /// <summary>Two warnings that say what is so on purpose: keys lie in the database as it is protected, and pages with forms are never cached.</summary>
    public static void AddAccessFilters(this ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
    }

    /// <summary>Goes first of all: from here on the request has the address and the scheme that the browser used.</summary>
    public static void UseForwarding(this WebApplication app, RegardSettings settings)
    {
        // Only a server that was told its public address stands behind a proxy, and that proxy is on this machine.
        if (settings.PublicAddress is null) return;
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        if (settings.PublicAddress.Scheme == Uri.UriSchemeHttps) app.UseHsts();
    }

    /// <summary>Goes after routing and the rate limiter, and before every endpoint.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseMiddleware<AccessMiddleware>();
        app.UseAntiforgery();
        app.UseMiddleware<AntiforgeryGate>();
    }

    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        SignInEndpoints.Map(routes);
        JoinEndpoints.Map(routes);
        PortalSignInEndpoints.Map(routes);
        SettingsEndpoints.Map(routes);
        StaffSettingsEndpoints.Map(routes);
        KeySettingsEndpoints.Map(routes);
        AuditEndpoints.Map(routes);
    }
}
