namespace Regard.Insight;

/// <summary>Fits everything to a survey, lets the shop's own last quarter choose, and writes down what was found.</summary>
internal static class LoyaltyFitting
{
    /// <summary>Fewer customers, repeat purchases or days than these teach nothing.</summary>
    public const int FewestCustomers = 30, FewestRepeats = 20, FewestDays = 28;

    // Ten numbers of repeats and "all beyond", as the literature draws them.
    private const int Numbers = 11;
    private const int ComingWeeks = 13;
    private const int FewestSpendings = 30;

    /// <summary>Why nothing can be learned from a survey, for people; null = it can.</summary>
    public static string? Refusal(BuyerSurvey survey) => survey switch
    {
        { Tally.Customers: 0 } => "Nobody has bought yet: there is nothing to learn from.",
        _ when survey.Known.Count < FewestCustomers || survey.Repeats < FewestRepeats || survey.Today - survey.FirstDay < FewestDays =>
            $"There is too little to learn from: {survey.Tally.Customers} customers with {survey.Repeats} repeat purchases in {survey.Today - survey.FirstDay} days. At least {FewestCustomers} customers known before the last quarter, {FewestRepeats} repeat purchases and {FewestDays} days are needed.",
        _ => null,
    };

    /// <summary>Fits.</summary>
    /// <param name="survey">What is learned from.</param>
    /// <param name="isLive">See <see cref="LoyaltyReport.IsLive"/>.</param>
    /// <param name="progressAsync">Told before each step what comes.</param>
    public static async Task<Fitted> FitAsync(BuyerSurvey survey, bool isLive, Func<string, Task> progressAsync)
    {
        await progressAsync("Every model foretells the last quarter");
        var holdOut = await Task.Run(() => HoldOut.Try(survey.Known, survey.Today - survey.Cut));
        await progressAsync("The models are fitted to everything");
        var table = survey.Tally.ToTable();
        List<BuyingFit> fits = [];
        foreach (var kind in Enum.GetValues<BuyingModelKind>())
        {
            fits.Add(await Task.Run(() => BuyingFit.Of(kind, table)));
            await progressAsync($"The models are fitted to everything: {HoldOut.Name(fits[^1].Model)} is");
        }
        var spend = survey.Spendings.Where(pair => pair.Value.Count >= FewestSpendings).Select(pair => (pair.Key, Fit: SpendFit.Of(pair.Value), pair.Value.Count)).Where(s => s.Fit.IsFound).ToList();
        var judge = LoyaltyJudge.Of(holdOut, fits) with { Spend = spend.ToDictionary(s => s.Key, s => s.Fit.Model, StringComparer.Ordinal) };
        await progressAsync("What is to come is reckoned up");
        var report = new LoyaltyReport
        {
            IsLive = isLive,
            Share = survey.Share,
            Rows = table.Rows,
            Repeats = survey.Repeats,
            CutOn = Buyer.At(survey.Cut).InUtc().Date,
            HoldOutDays = survey.Today - survey.Cut,
            HoldOutCustomers = survey.Known.Count,
            Tried = [.. holdOut.Tried.Select(told => TriedWay.Of(told, judge))],
            Fits = [.. fits.Select(KeptFit.Of)],
            Explanation = [.. holdOut.Explanation.Select(sentence => sentence.Text(System.Globalization.CultureInfo.InvariantCulture)), .. judge.IsNew ? [NewWords(judge.Rhythm)] : Array.Empty<string>()],
            Rhythm = KeptModel.Of(judge.Rhythm),
            Foreteller = judge.Foreteller is { } foreteller ? KeptModel.Of(foreteller) : null,
            Silence = judge.Silence is { } silence ? KeptModel.Of(silence) : null,
            RuleDays = judge.Rule.Silence,
            BackIfActive = judge.BackIfActive,
            BackIfSilent = judge.BackIfSilent,
            Spend = spend.ToDictionary(s => s.Key, s => new KeptSpend(s.Fit.Model.P, s.Fit.Model.Q, s.Fit.Model.V, [.. s.Fit.StandardErrors.Select(KeptNumbers.Known)], s.Count, s.Fit.Correlation, s.Fit.Model.Mean)),
            Tracking = await Task.Run(() => Track(survey, holdOut, judge)),
            FirstWeek = Buyer.At(survey.Today - (7 * BuyerSurvey.Weeks(survey.Firsts).Length) + 1).InUtc().Date,
            Coming = await Task.Run(() => Tracking.Coming(judge.Foreteller ?? judge.Rhythm, table, [.. Enumerable.Range(1, ComingWeeks).Select(week => 7.0 * week)])),
        };
        return new Fitted(report with { Coming = [.. report.Coming.Select(number => number / survey.Share)] }, Name(judge.Foreteller), Name(judge.Silence));
    }

    private static string NewWords(BuyingModel model) =>
        $"{HoldOut.Name(model)} is used all the same: before the time held out nobody had left, so it could not be tried; the purchases up to now show beyond doubt that some have.";

    private static string Name(BuyingModel? model) => model is null ? "the rule of silence" : HoldOut.Name(model);

    // The plot is of a model that had not seen the last quarter: what it says there is foretold, not learned.
    private static Tracking Track(BuyerSurvey survey, HoldOut holdOut, LoyaltyJudge judge)
    {
        var kind = (judge.Foreteller ?? judge.Rhythm).Kind;
        var past = holdOut.Tried.First(told => told.Fit?.Model.Kind == kind).Fit!.Model;
        var firsts = BuyerSurvey.Weeks(survey.Firsts);
        var ages = survey.Firsts.Select((count, day) => ((double)(survey.Today - survey.FirstDay - day), (double)count)).Where(age => age.Item2 > 0).ToList();
        return new Tracking
        {
            Firsts = firsts,
            Real = BuyerSurvey.Weeks(survey.Again),
            Expected = Tracking.Weeks(past, firsts),
            Cut = firsts.Length - ((survey.Today - survey.Cut) / 7),
            RealRepeats = [.. Enumerable.Range(0, Numbers).Select(n => survey.ByRepeats.Where(pair => n == Numbers - 1 ? pair.Key >= n : pair.Key == n).Sum(pair => pair.Value))],
            ExpectedRepeats = Tracking.Repeats(judge.Foreteller ?? judge.Rhythm, ages, Numbers),
        };
    }
}

/// <summary>What a fit found, and the names of those it chose.</summary>
internal sealed record Fitted(LoyaltyReport Report, string Chosen, string Judge);
