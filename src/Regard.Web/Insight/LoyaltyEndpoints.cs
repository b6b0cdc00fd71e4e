using Microsoft.AspNetCore.Http.HttpResults;
using Regard.Access;
using Regard.Api;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>One customer's loyalty: a page beside their others, and the same in the API.</summary>
internal static class LoyaltyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(CustomerEndpoints.Path + "/loyalty", ShowAsync).ForStaff(Right.CustomersRead);
        routes.MapApi("customers").MapGet("/{id:guid}/loyalty", OpenAsync).AddEndpointFilter(MergedRedirect.InvokeAsync)
            .WithSummary("How loyal a customer is, as it is measured")
            .WithDescription("From their orders, by the model that foretells this shop best. Times are in days, amounts in minor units. What is not known is null.").ForApi(Right.CustomersRead);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerPageStore(work).HeadAsync(id) is not { } head) return Faces.Missing();
        if (head.MergedInto is not null) return await CustomerEndpoints.SurvivorAsync(work, id, "/loyalty");
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<LoyaltyPage>(new { Head = head, View = await LoyaltyView.ReadAsync(work, id, now), Actor = http.Actor(), Now = now });
    }

    private static async Task<ApiAnswer<LoyaltyAnswer>> OpenAsync(HttpContext http, Database database, IClock clock, Guid id)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerStore(work).OpenAsync(http.Actor(), id) is null) throw ApiProblem.Absent("customer").Refusal();
        return ApiAnswer<LoyaltyAnswer>.Ok(LoyaltyAnswer.Of(id, await LoyaltyView.ReadAsync(work, id, clock.GetCurrentInstant())));
    }
}

/// <summary>A customer's loyalty in the API.</summary>
internal sealed record LoyaltyAnswer
{
    public Guid CustomerId { get; init; }

    /// <summary>In a sentence; null = they have never bought, or nothing was learned yet.</summary>
    public string? Sentence { get; init; }

    /// <summary>The day that is looked at.</summary>
    public LocalDate AsOf { get; init; }

    /// <summary>The fit it follows from; its parameters are on the page about the models.</summary>
    public Guid? ModelId { get; init; }

    /// <summary>Days with a purchase.</summary>
    public int Purchases { get; init; }

    public LocalDate? FirstOn { get; init; }
    public LocalDate? LastOn { get; init; }

    /// <summary>Days between two purchases, on average; null = bought once.</summary>
    public double? UsualGap { get; init; }

    public int? SilentDays { get; init; }

    /// <summary>Of customers who go on buying like this one, the share who are as silent at some moment. Small = unusual for them.</summary>
    public double? ChanceOfSilence { get; init; }

    /// <summary>Whether they leave without a word.</summary>
    public bool? IsLeaving { get; init; }

    /// <summary>The chance that they have not left.</summary>
    public double? ChanceAlive { get; init; }

    /// <summary>Purchases expected in the coming year.</summary>
    public double? Expected { get; init; }

    public string? Currency { get; init; }

    /// <summary>What they are expected to spend in the coming year.</summary>
    public long? ValueMinor { get; init; }

    /// <summary>What a year of theirs is worth while they buy as they did.</summary>
    public long? YearMinor { get; init; }

    /// <summary>Troubles after which they bought again.</summary>
    public int TroublesForgiven { get; init; }

    public int Troubles { get; init; }

    /// <summary>Recommendations that were recorded.</summary>
    public int Recommendations { get; init; }

    public static LoyaltyAnswer Of(Guid id, LoyaltyView view)
    {
        var measure = view.Measure;
        return new LoyaltyAnswer
        {
            CustomerId = id,
            Sentence = measure?.Story.Told.Text(System.Globalization.CultureInfo.InvariantCulture),
            AsOf = view.Today,
            ModelId = view.Model?.ModelId,
            Purchases = view.Days.Count,
            FirstOn = view.Days.Count > 0 ? Buyer.At(view.Days[0]).InUtc().Date : null,
            LastOn = view.Days.Count > 0 ? Buyer.At(view.Days[^1]).InUtc().Date : null,
            UsualGap = measure?.Story.Gap,
            SilentDays = measure is null ? null : (int)measure.Story.Silence,
            ChanceOfSilence = measure?.Story.ChanceOfSilence,
            IsLeaving = measure?.Story.IsLeaving,
            ChanceAlive = measure?.Story.ChanceAlive,
            Expected = measure?.Story.Expected,
            Currency = measure?.Spent.Currency,
            ValueMinor = measure?.ValueMinor,
            YearMinor = measure?.YearMinor,
            TroublesForgiven = view.Forgiven.Count,
            Troubles = view.Troubles.Count,
            Recommendations = view.Recommendations.Count,
        };
    }
}
