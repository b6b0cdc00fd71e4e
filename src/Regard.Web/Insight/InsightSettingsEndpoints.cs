using System.Globalization;
using System.Runtime.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>What the business says about its own: margins and what a return costs.</summary>
internal static class InsightSettingsEndpoints
{
    private const string Path = "/settings/insight";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).ForStaff(Right.InsightRead);
        routes.MapPost(Path, ChangeAsync).ForStaff(Right.SettingsWrite);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return Page(http, InsightForm.Of(await new InsightSettingStore(work).ReadAsync()), new Dictionary<string, string>());
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, [FromForm] InsightForm? sent, Database database, IClock clock)
    {
        var form = sent ?? new InsightForm();
        var (settings, faults) = form.Read();
        if (settings is null) return Page(http, form, faults);
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        await new InsightSettingStore(work).WriteAsync(settings, http.Actor().Reference, now);
        await new AuditStore(work).AppendAsync(http.Actor(), "insight_settings_changed", "setting:insight", Json.Of(settings), now);
        await work.CommitAsync();
        Flash.Say(http, "Saved. The next look rests on it; ask for one on the page of returns or of service.");
        return SeeOther.To(Path);
    }

    private static RazorComponentResult<InsightSettingsPage> Page(HttpContext http, InsightForm form, IReadOnlyDictionary<string, string> faults) =>
        new(new { Form = form, Faults = faults, MayChange = http.Actor().May(Right.SettingsWrite) }) { StatusCode = faults.Count == 0 ? 200 : StatusCodes.Status422UnprocessableEntity };
}

/// <summary>The settings as they were typed.</summary>
public sealed record InsightForm
{
    /// <summary>Per cent.</summary>
    [DataMember(Name = "time_margin")] public string? TimeMargin { get; init; }

    /// <summary>Points of a hundred.</summary>
    [DataMember(Name = "share_margin")] public string? ShareMargin { get; init; }

    [DataMember(Name = "handling")] public string? Handling { get; init; }

    [DataMember(Name = "currency")] public string? Currency { get; init; }

    internal static InsightForm Of(InsightSettings settings) => new()
    {
        TimeMargin = (settings.TimeMargin * 100).ToString("0.##", CultureInfo.InvariantCulture),
        ShareMargin = (settings.ShareMargin * 100).ToString("0.##", CultureInfo.InvariantCulture),
        Handling = MoneyText.Plain(new Money(settings.HandlingMinor, settings.HandlingCurrency)),
        Currency = settings.HandlingCurrency,
    };

    /// <summary>What was typed as settings, or what must be put right, by field.</summary>
    internal (InsightSettings? Settings, IReadOnlyDictionary<string, string> Faults) Read()
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        var (time, share, handling) = (Number(TimeMargin), Number(ShareMargin), Number(Handling));
        var currency = Currency?.Trim().ToUpperInvariant() ?? "";
        if (time is not (> 0 and <= 200)) faults["time_margin"] = "Say how much longer is no difference: more than 0, at most 200 per cent.";
        if (share is not (> 0 and <= 50)) faults["share_margin"] = "Say how many of a hundred more are no difference: more than 0, at most 50.";
        if (handling is not (>= 0 and < 1_000_000)) faults["handling"] = "Say what it costs, such as 4.50; 0 when it is not to be counted.";
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)) faults["currency"] = "Three letters, such as EUR.";
        return faults.Count > 0 ? (null, faults) : (new InsightSettings
        {
            TimeMargin = (double)time!.Value / 100,
            ShareMargin = (double)share!.Value / 100,
            HandlingMinor = Money.OfMajor(handling!.Value, currency).Minor,
            HandlingCurrency = currency,
        }, faults);
    }

    private static decimal? Number(string? text) =>
        decimal.TryParse(text?.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
