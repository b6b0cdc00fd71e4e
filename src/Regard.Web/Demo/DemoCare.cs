namespace Regard.Demo;

/// <summary>A problem a customer had, and how long they waited.</summary>
internal sealed record DemoCase(DemoPerson Person, int Number, string Subject, string Text, string Channel, string Agent, Instant OpenedAt, Instant? AnsweredAt, Instant? ResolvedAt, string? Resolution);

/// <summary>A touchpoint that is no order: a call, a visit, a late parcel, an answer to a survey.</summary>
internal sealed record DemoTouch(DemoPerson Person, string Key, Instant At, string Department, string Kind, string? Channel, string Direction, string Summary, IReadOnlyDictionary<string, object>? Body, string? Agent);

/// <summary>
/// Draws problems, calls and survey answers. Planted: customers who write Spanish wait about three times as long for a first answer
/// (the unfair queue); the answers about <see cref="GamedAgent"/> are mostly tens, given within two minutes of the call from one device.
/// </summary>
internal static class DemoCare
{
    public const string GamedAgent = "Kevin Doyle";
    public const string GamedDevice = "desk-17";

    public static readonly IReadOnlyList<string> Agents = ["Anna Lindner", "Miriam Okafor", "Tomás Vidal", GamedAgent];

    private static readonly (string Subject, string Text)[] Problems =
    [
        ("Parcel has not arrived", "The parcel was promised for last week and has not come."),
        ("Wrong item in the parcel", "There is a different tea in the parcel from the one on the invoice."),
        ("Grinder makes a noise", "The grinder began to squeal after a month."),
        ("Invoice with company address", "The invoice needs our company's address."),
        ("Cup arrived broken", "One of the cups was broken when the parcel was opened."),
        ("How to descale the machine", "The light stays red after descaling as the booklet says."),
    ];

    public static IReadOnlyList<DemoCase> Cases(IReadOnlyList<DemoOrder> orders, Seeded seeded, Instant now)
    {
        var cases = new List<DemoCase>();
        foreach (var order in orders.Where(o => o.IsLate || seeded.Chance(0.03)))
        {
            var problem = order.IsLate ? Problems[0] : seeded.Pick(Problems);
            var opened = order.At.Plus(Duration.FromHours(order.IsLate ? 150 + seeded.Between(0, 48) : 72 + seeded.Between(0, 96)));
            if (opened >= now) continue;
            var wait = Duration.FromMinutes(Math.Max(4, seeded.Exponential(order.Person.Language == "es" ? 960 : 320)));
            var answered = opened.Plus(wait);
            var resolved = answered.Plus(Duration.FromHours(1 + seeded.Exponential(20)));
            var isOpen = resolved >= now || (now - opened < Duration.FromDays(6) && seeded.Chance(0.5));
            cases.Add(new DemoCase(order.Person, cases.Count + 1, problem.Subject, problem.Text, seeded.Chance(0.6) ? "email" : "phone", seeded.Pick(Agents), opened,
                answered < now ? answered : null, isOpen ? null : resolved, isOpen ? null : "Put right and confirmed with the customer."));
        }
        return cases;
    }

    public static IEnumerable<DemoTouch> Touches(IReadOnlyList<DemoOrder> orders, IReadOnlyList<DemoCase> cases, Seeded seeded, Instant now)
    {
        foreach (var order in orders.Where(o => o.IsLate && o.At.Plus(Duration.FromDays(6)) < now))
            yield return new DemoTouch(order.Person, $"late-{order.Number}", order.At.Plus(Duration.FromDays(6)), "delivery", "late_delivery", null, "none",
                $"Parcel of order {order.Number} is four days late", null, null);
        foreach (var order in orders.Where(o => seeded.Chance(0.05)))
            yield return new DemoTouch(order.Person, $"visit-{order.Number}", order.At.Minus(Duration.FromHours(seeded.Between(2, 60))), "store", "visit", "store", "in",
                "Visited the shop, card scanned at the counter", null, null);
        foreach (var problem in cases.Where(c => c.ResolvedAt is not null && (c.Agent == GamedAgent || seeded.Chance(0.5))))
            foreach (var touch in CallAndAnswer(problem, seeded, now)) yield return touch;
    }

    private static IEnumerable<DemoTouch> CallAndAnswer(DemoCase problem, Seeded seeded, Instant now)
    {
        var call = problem.ResolvedAt!.Value;
        yield return new DemoTouch(problem.Person, $"call-{problem.Number}", call, "service", "call", "phone", "out", $"Told how it was put right: {problem.Subject}", null, problem.Agent);
        var isGamed = problem.Agent == GamedAgent && seeded.Chance(0.85);
        var answered = call.Plus(isGamed ? Duration.FromSeconds(seeded.Between(25, 115)) : Duration.FromMinutes(30 + seeded.Exponential(1500)));
        if (answered >= now || (!isGamed && !seeded.Chance(0.45))) yield break;
        var score = isGamed ? 10 : Math.Clamp((int)Math.Round(7.6 + 1.9 * seeded.Normal() - (problem.AnsweredAt!.Value - problem.OpenedAt).TotalHours / 24), 0, 10);
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["score"] = score,
            ["about"] = problem.Agent,
            ["device"] = isGamed ? GamedDevice : $"own-{problem.Person.Number}",
            ["seconds_after_call"] = (long)(answered - call).TotalSeconds,
        };
        yield return new DemoTouch(problem.Person, $"survey-{problem.Number}", answered, "service", "survey_answer", "email", "in", $"Answered the survey: {score} of 10", body, null);
    }
}
