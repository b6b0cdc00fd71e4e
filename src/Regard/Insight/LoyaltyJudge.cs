namespace Regard.Insight;

/// <summary>
/// What a shop judges its customers by: who foretells their purchases and who judges their silence, each the one that did best on the
/// shop's own past (<see cref="HoldOut"/>), and what they spend. Times are in days.
/// </summary>
public sealed record LoyaltyJudge
{
    /// <summary>Below this chance of being there a customer counts as gone rather than not.</summary>
    public const double Gone = 0.5;

    // Odds above e¹⁰ leave nothing to discuss, two more parameters included.
    private const double BeyondDoubt = 10;

    // Nobody's silence is looked at for longer: who has not become unusual in ten years never does.
    private const int LongestSilence = 3653;

    /// <summary>Whose rates and regularity tell how unusual a silence is for a customer: the likeliest model that is sound.</summary>
    public required BuyingModel Rhythm { get; init; }

    /// <summary>Who foretells purchases; null = the rule of silence does.</summary>
    public BuyingModel? Foreteller { get; init; }

    /// <summary>Who judges whether a silent customer is gone; null = the rule of silence does.</summary>
    public BuyingModel? Silence { get; init; }

    /// <summary>The rule of silence.</summary>
    public required HiatusRule Rule { get; init; }

    /// <summary>
    /// Whether a model of leaving is used that the trial could not try, because nobody had left before the time held out, while the purchases
    /// up to now show leaving beyond doubt (a log-likelihood better by more than ten).
    /// </summary>
    public bool IsNew { get; init; }

    /// <summary>Of those who did not count as gone, the share who bought in the time held out.</summary>
    public double BackIfActive { get; init; } = 1;

    /// <summary>Of those who counted as gone, the share who bought in the time held out.</summary>
    public double BackIfSilent { get; init; }

    /// <summary>What customers spend, for each currency in which that could be learned.</summary>
    public IReadOnlyDictionary<string, SpendModel> Spend { get; init; } = new Dictionary<string, SpendModel>();

    /// <summary>A judge who is one model alone.</summary>
    public static LoyaltyJudge Of(BuyingModel model) => new() { Rhythm = model, Foreteller = model, Silence = model, Rule = new HiatusRule(0) };

    /// <summary>The judge that a hold-out recommends, its models fitted anew to all that is known now.</summary>
    /// <param name="chosen">Who did best, and by which rule.</param>
    /// <param name="fits">The fits of now. A model that did best then and has trouble now is replaced by the best sound one.</param>
    public static LoyaltyJudge Of(HoldOut chosen, IReadOnlyList<BuyingFit> fits)
    {
        BuyingModel? Now(Foretold told) => told.Fit is { } then && fits.FirstOrDefault(f => f.Model.Kind == then.Model.Kind && f.Trouble == FitTrouble.None) is { } fit ? fit.Model : null;
        var nbd = fits.First(fit => fit.Model.Kind == BuyingModelKind.Nbd);
        var best = chosen.Tried.Where(t => t.IsSound && t.Fit is not null).OrderBy(t => t.Error).Select(Now).OfType<BuyingModel>().FirstOrDefault() ?? nbd.Model;
        var likeliest = fits.Where(fit => fit.Trouble == FitTrouble.None).MaxBy(fit => fit.LogLikelihood) ?? nbd;
        var foreteller = chosen.ForPurchases.Rule is null ? Now(chosen.ForPurchases) ?? best : null;
        var isNew = HasLeavingSince(likeliest, chosen, fits.FirstOrDefault(fit => fit.Model == (foreteller ?? best)));
        return new LoyaltyJudge
        {
            Rhythm = likeliest.Model,
            Foreteller = isNew ? likeliest.Model : foreteller,
            Silence = isNew ? likeliest.Model : chosen.ForSilence.Rule is null ? Now(chosen.ForSilence) : null,
            IsNew = isNew,
            Rule = chosen.Tried[^1].Rule!,
            BackIfActive = chosen.BackIfActive,
            BackIfSilent = chosen.BackIfSilent,
        };
    }

    // In the past of which the trial was made nobody had left, so that a model of leaving could not be tried; now some have, and beyond doubt.
    private static bool HasLeavingSince(BuyingFit likeliest, HoldOut chosen, BuyingFit? foreteller) =>
        likeliest.Model.KnowsLeaving && chosen.Tried.Any(told => told.Fit?.Model.Kind == likeliest.Model.Kind && !told.IsSound) && likeliest.LogLikelihood > (foreteller?.LogLikelihood ?? double.NegativeInfinity) + BeyondDoubt;

    /// <summary>
    /// The chance from 0 to 1 that a customer has not left. Where the judge knows no such chance (the rule, and models of which nobody leaves):
    /// the share of customers judged alike who came back in the time held out.
    /// </summary>
    public double ChanceAlive(BuyingSummary customer) => Silence is { KnowsLeaving: true } model ? model.ChanceAlive(customer) : IsGone(customer) ? BackIfSilent : BackIfActive;

    /// <summary>Purchases expected in the coming time.</summary>
    public double Expected(BuyingSummary customer, double horizon) => Foreteller?.ExpectedPurchases(customer, horizon) ?? Rule.ExpectedPurchases(customer, horizon);

    /// <summary>Whether a customer counts as gone rather than not.</summary>
    public bool IsGone(BuyingSummary customer) => IsGone(Silence, Rule, customer);

    /// <summary>The same by a model, or by the rule where there is none.</summary>
    internal static bool IsGone(BuyingModel? model, HiatusRule rule, BuyingSummary customer) => model switch
    {
        null => !rule.IsActive(customer),
        { KnowsLeaving: true } => model.ChanceAlive(customer) < Gone,
        _ => model.ChanceOfSilence(customer) < LoyaltyStory.Unusual,
    };

    /// <summary>
    /// After how many days of silence a customer is a silent leaver: the silence is unusual enough for them (<see cref="LoyaltyStory.Leaving"/>), and
    /// they count as gone. Null = never, or they bought once and have no rhythm of their own. Both only grow with the silence, so it is
    /// one day, known from the last purchase on: the list of leavers needs no computing as days go by.
    /// </summary>
    public int? LeavesAfter(BuyingSummary customer)
    {
        bool Leaves(int days)
        {
            var then = customer with { Age = customer.Recency + days };
            return Rhythm.ChanceOfSilence(then) < LoyaltyStory.Leaving && IsGone(then);
        }
        if (customer.Repeats == 0 || !Leaves(LongestSilence)) return null;
        int early = 0, late = LongestSilence;
        while (late - early > 1)
        {
            var middle = (early + late) / 2;
            if (Leaves(middle)) late = middle;
            else early = middle;
        }
        return late;
    }

    /// <summary>The amount expected of one purchase: learned from everybody where that was possible, else their own mean; 0 when nothing is known.</summary>
    public double ExpectedSpend(string currency, Spending spent) =>
        Spend.TryGetValue(currency, out var model) ? model.Expected(spent.Purchases, spent.Mean) : spent.Purchases > 0 ? spent.Mean : 0;

    /// <summary>
    /// What a year of a customer is worth while they buy as they did: what was expected of them at the moment of their last purchase. It does
    /// not change as they stay silent: it is what is at risk.
    /// </summary>
    public double YearValue(BuyingSummary customer, string currency, Spending spent)
    {
        var then = customer with { Age = customer.Recency };
        return (Foreteller?.ExpectedIfAlive(then, LoyaltyStory.Year) ?? Rule.ExpectedPurchases(then, LoyaltyStory.Year)) * ExpectedSpend(currency, spent);
    }
}
