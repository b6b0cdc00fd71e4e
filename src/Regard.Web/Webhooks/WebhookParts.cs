namespace Regard.Webhooks;

/// <summary>What the capability brings to the program.</summary>
internal static class WebhookParts
{
    public static void AddWebhooks(this IServiceCollection services, RegardSettings settings)
    {
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookDesk>();
        if (settings.RunsJobs) services.AddHostedService<WebhookJob>();
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        WebhookSettingsEndpoints.Map(routes);
        WebhookApiEndpoints.Map(routes);
    }
}
