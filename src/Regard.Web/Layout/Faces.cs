using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Regard.Access;
using Regard.Api;

namespace Regard.Layout;

/// <summary>What pages need of the program: services, headers, error pages, static files.</summary>
internal static class Faces
{
    /// <summary>No inline script, style or handler, nothing from another host, no frame around us. Tabler draws its small marks as data: images.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void AddFaces(this WebApplicationBuilder builder)
    {
        // Run from the build's output, the framework takes us for being developed: no caching, files looked up anew.
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration["EnableStaticAssetsDevelopmentCaching"] = "true";
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery();
        builder.Services.AddSingleton<AssetPaths>();
    }

    /// <summary>Goes before everything that can answer: sets the headers, and gives errors of pages (not of the API) a page.</summary>
    public static void UseFaces(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            // At the start of the answer, because an error clears what was set before.
            context.Response.OnStarting(SetHeaders, context.Response.Headers);
            return next(context);
        });
        app.UseWhen(http => !http.Request.IsApi(), people =>
        {
            people.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = Explain,
                // A form that cannot be read is the sender's fault, not ours.
                StatusCodeSelector = failure => failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
                // Its own log line quotes the exception's message, which may hold a customer's data: Explain writes one that does not.
                SuppressDiagnosticsCallback = _ => true,
            });
            people.UseStatusCodePages(context => Explain(context.HttpContext));
        });
    }

    public static void MapFaces(this WebApplication app)
    {
        app.MapStaticAssets().OpenToAll();
        app.Services.GetRequiredService<AssetPaths>().Read(((IEndpointRouteBuilder)app).DataSources.Last());
        ThemeEndpoints.Map(app);
        LanguageEndpoints.Map(app);
    }

    /// <summary>An error page instead of what the endpoint would have answered: <c>return Faces.Missing();</c>.</summary>
    public static RazorComponentResult<ErrorPage> Missing() => Page(StatusCodes.Status404NotFound, reference: null);

    /// <summary>The page of a link in a mail that leads nowhere any more.</summary>
    public static RazorComponentResult<ErrorPage> LinkEnded() => new(new { Fault = Fault.LinkEnded }) { StatusCode = Fault.LinkEnded.Status };

    private static RazorComponentResult<ErrorPage> Page(int status, string? reference) =>
        new(new { Fault = Fault.For(status), Reference = reference }) { StatusCode = status };

    private static Task SetHeaders(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.Remove("blazor-enhanced-nav");
        return Task.CompletedTask;
    }

    private static Task Explain(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>() is { Error: not BadHttpRequestException } fault) Log(context, fault);
        var status = context.Response.StatusCode;
        var reference = status >= 500 ? Activity.Current?.Id ?? context.TraceIdentifier : null;
        return Page(status, reference).ExecuteAsync(context);
    }

    private static void Log(HttpContext context, IExceptionHandlerFeature fault)
    {
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Regard.Pages");
        var route = (fault.Endpoint as RouteEndpoint)?.RoutePattern.RawText;
        log.LogError(
            "Fault {Kind} at {Method} {Route}, reference {Reference}\n{Stack}",
            fault.Error.GetType().FullName, context.Request.Method, route, Activity.Current?.Id ?? context.TraceIdentifier, fault.Error.StackTrace);
    }
}
