namespace Regard.Texts;

/// <summary>What the capability brings to the program.</summary>
internal static class TextParts
{
    public static void AddTexts(this IServiceCollection services)
    {
        services.AddSingleton<TextIntake>();
        services.AddHostedService<OfferedJob>();
    }

    public static void MapTexts(this IEndpointRouteBuilder routes)
    {
        ProviderEndpoints.Map(routes);
        StrayTextEndpoints.Map(routes);
    }
}
