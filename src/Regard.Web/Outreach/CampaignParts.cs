namespace Regard.Outreach;

/// <summary>What campaigns bring to the program.</summary>
internal static class CampaignParts
{
    public static void AddCampaigns(this IServiceCollection services, RegardSettings settings)
    {
        if (settings.RunsJobs) services.AddHostedService<CampaignJob>();
    }

    public static void MapCampaigns(this IEndpointRouteBuilder routes)
    {
        CampaignEndpoints.Map(routes);
        CampaignCustomerEndpoints.Map(routes);
        CampaignApiEndpoints.Map(routes);
    }
}
