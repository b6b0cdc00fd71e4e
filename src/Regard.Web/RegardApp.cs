using System.Net;
using Regard.Access;
using Regard.Api;
using Regard.Cases;
using Regard.Changes;
using Regard.Contact;
using Regard.Customers;
using Regard.Imports;
using Regard.Ingestion;
using Regard.Insight;
using Regard.Jobs;
using Regard.Layout;
using Regard.Mail;
using Regard.Orders;
using Regard.Outreach;
using Regard.Post;
using Regard.Storage;
using Regard.Texts;
using Regard.Webhooks;

namespace Regard;

/// <summary>Puts the web program together: what is shared, what runs beside the requests, and every capability's endpoints.</summary>
internal static class RegardApp
{
    public static WebApplication Build(RegardSettings settings, Database database, IClock clock)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "regard",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, settings.Port);
        });
        builder.AddFaces();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A start that fails is told in one line by the command, not with a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddAccessFilters();
        AddShared(builder.Services, settings, database, clock);
        var app = builder.Build();
        app.UseForwarding(settings);
        app.UseFaces();
        app.UseApi();
        app.UseRateLimiter();
        app.UseWriteKeyInBody();
        app.UseAccess();
        app.UseMiddleware<GpcMiddleware>();
        MapEndpoints(app);
        return app;
    }

    private static void AddShared(IServiceCollection services, RegardSettings settings, Database database, IClock clock)
    {
        services.AddSingleton(settings);
        services.AddSingleton(database);
        services.AddSingleton(clock);
        services.AddAccess();
        services.AddContact(settings);
        services.AddWebhooks(settings);
        services.AddApi();
        services.AddIngestion(settings);
        services.AddMail(settings);
        services.AddTexts();
        services.AddCampaigns(settings);
        services.AddSingleton<ImportDesk>();
        services.AddSingleton<Customers.SealedWords>();
        // How large a request may be is said by each endpoint; a form is not limited once more.
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(form => form.MultipartBodyLengthLimit = ImportDesk.LargestUpload);
        if (settings.RunsJobs) services.AddHostedService(provider => provider.GetRequiredService<ImportDesk>());
        if (settings.RunsJobs) services.AddHostedService<PlanStartJob>();
        if (settings.RunsJobs) services.AddHostedService<TaskExpiryJob>();
        if (settings.RunsJobs) services.AddHostedService<SweepJob>();
        if (settings.RunsJobs) services.AddHostedService<InsightJob>();
        services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapFaces();
        HealthEndpoints.Map(app);
        app.MapAccess();
        app.MapContact();
        app.MapWebhooks();
        ApiDocument.Map(app);
        CustomerListEndpoints.Map(app);
        NewCustomerEndpoints.Map(app);
        CustomerEndpoints.Map(app);
        CustomerRecordEndpoints.Map(app);
        PostalEndpoints.Map(app);
        PrivacyEndpoints.Map(app);
        AccountEndpoints.Map(app);
        MergeEndpoints.Map(app);
        IngestEndpoints.Map(app);
        MailEndpoints.Map(app);
        PostEndpoints.Map(app);
        PostApi.Map(app);
        app.MapTexts();
        ProductEndpoints.Map(app);
        ProductPageEndpoints.Map(app);
        OrderEndpoints.Map(app);
        ImportEndpoints.Map(app);
        ChangeEndpoints.Map(app);
        PlanEndpoints.Map(app);
        TodayEndpoints.Map(app);
        TaskListEndpoints.Map(app);
        app.MapCampaigns();
        CaseEndpoints.Map(app);
        ChangeApiEndpoints.Map(app);
        PlanApiEndpoints.Map(app);
        TaskApiEndpoints.Map(app);
        CaseApiEndpoints.Map(app);
        InsightEndpoints.Map(app);
        ModelEndpoints.Map(app);
        LeavingEndpoints.Map(app);
        LoyaltyEndpoints.Map(app);
        ReturnsEndpoints.Map(app);
        ParityEndpoints.Map(app);
        FindingEndpoints.Map(app);
        InsightSettingsEndpoints.Map(app);
        CustomerApiEndpoints.Map(app);
    }
}
