using Regard.Contact;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Whether a person may call a customer at this moment, and for what; the number is shown only then.</summary>
/// <param name="Purposes">For what a call is welcome now; empty = for nothing.</param>
/// <param name="Until">When none is welcome now: from when one is; null = not within four weeks.</param>
/// <param name="Why">In words, with the customer's own.</param>
public sealed record CallAdvice(IReadOnlyList<Purpose> Purposes, Instant? Until, string Why)
{
    private static readonly Purpose[] Asked = [Purpose.Service, Purpose.Care];

    internal static async Task<CallAdvice> LookAsync(UnitOfWork work, Guid customerId, Instant now)
    {
        var answers = new List<(Purpose Purpose, ContactAnswer Answer)>();
        foreach (var purpose in Asked)
        {
            var request = new ContactRequest { CustomerId = customerId, Purpose = purpose, About = $"customer:{customerId}", Step = "look", Channels = [Channel.Phone], LatestUseful = now + Duration.FromDays(28) };
            if (await new ContactDesk(work).PreviewAsync(request, now) is { } answer) answers.Add((purpose, answer));
        }
        var may = answers.Where(one => one.Answer.Verdict == VerdictKind.Permitted).ToList();
        // What forbids one purpose mostly forbids the other too, in the same words: the first is enough.
        var reasons = (may.Count > 0 ? may : answers).Take(1).SelectMany(one => one.Answer.Reasons).Select(reason => reason.ToStaff()).Distinct();
        return new CallAdvice([.. may.Select(one => one.Purpose)], answers.Select(one => one.Answer.NotBefore).OfType<Instant>().Order().Select(at => (Instant?)at).FirstOrDefault(), string.Join(" ", reasons));
    }

    /// <summary>A number of which only the end can be read: enough to know it again, not to dial it.</summary>
    public static string Masked(string readable) => readable.Length <= 3 ? "…" : "… " + readable[^3..];
}
