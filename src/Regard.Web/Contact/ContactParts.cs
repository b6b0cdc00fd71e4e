namespace Regard.Contact;

/// <summary>What the capability brings to the program.</summary>
internal static class ContactParts
{
    public static void AddContact(this IServiceCollection services, RegardSettings settings)
    {
        if (settings.RunsJobs) services.AddHostedService<DispatchJob>();
        if (settings.RunsJobs) services.AddHostedService<AskingJob>();
        if (settings.RunsJobs) services.AddHostedService<AudienceFoldJob>();
    }

    public static void MapContact(this IEndpointRouteBuilder routes)
    {
        PreferenceEndpoints.Map(routes);
        PortalEndpoints.Map(routes);
        UnsubscribeEndpoints.Map(routes);
        ConsentEndpoints.Map(routes);
        AskingEndpoints.Map(routes);
        WishesLinkEndpoints.Map(routes);
        GpcEndpoints.Map(routes);
        CorrectionEndpoints.Map(routes);
        ContactSettingsEndpoints.Map(routes);
        ContactApi.Map(routes);
        AudienceApi.Map(routes);
    }
}
