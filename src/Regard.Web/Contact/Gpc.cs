using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// Global Privacy Control: the header <c>Sec-GPC: 1</c> of a customer's browser is their own "no" to offers and surveys. It is recorded once,
/// with the first thing that they send; looking at a page changes nothing. What they say themselves after that counts, however often the
/// browser repeats itself (docs/decisions/0020-languages-and-the-preference-centre.md).
/// </summary>
internal static class Gpc
{
    /// <summary>The source of its statement.</summary>
    public const string Source = "gpc";

    private const string Header = "Sec-GPC";

    private static readonly Wish No = new() { Purposes = [new PurposeWish(Purpose.Marketing, []), new PurposeWish(Purpose.Research, [])] };

    /// <summary>Whether the browser says so.</summary>
    public static bool IsOn(HttpContext http) => http.Request.Headers[Header].ToString().Trim() == "1";

    /// <summary>Records it in a transaction of its own, so that it is kept whatever becomes of the request.</summary>
    public static async Task HearAsync(HttpContext http, Database database, Guid customerId, Instant now)
    {
        if (IsTold(http) && await database.RepeatAsync(work => HearAsync(http, work, customerId, now), http.RequestAborted)) http.Features.Set(new HeardGpc());
    }

    /// <summary>Records it for the customer who sends this request, unless it was before. Answers whether it is new.</summary>
    public static async Task<bool> HearAsync(HttpContext http, UnitOfWork work, Guid customerId, Instant now)
    {
        if (!IsTold(http)) return false;
        var store = new PreferenceStore(work);
        if (await store.KnowsAsync(customerId, Source)) return false;
        var recorded = await store.RecordAsync(
            new PreferenceStatement
            {
                StatementId = Ids.New(now),
                CustomerId = customerId,
                // Before whatever the same request says in so many words.
                SaidAt = now - Duration.FromMilliseconds(1),
                Place = StatementPlace.Page,
                Words = $"{Header}: 1",
                Basis = StatementBasis.Volunteered,
                Wish = No,
                RecordedBy = $"customer:{customerId}",
                RecordedAt = now,
                Source = Source,
                SourceId = customerId.ToString(),
            },
            now);
        return recorded is { IsNew: true };
    }

    private static bool IsTold(HttpContext http) => IsOn(http) && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
}
