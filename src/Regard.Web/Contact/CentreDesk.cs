using Regard.Storage;

namespace Regard.Contact;

/// <summary>The preference centre: shows the whole of a customer's wishes, says what a change would mean, and records it.</summary>
internal sealed class CentreDesk(UnitOfWork work, HttpContext http, Instant now)
{
    private const int LatestLines = 10;

    private readonly PreferenceStore _store = new(work);

    /// <summary>The page as it stands.</summary>
    public async Task<CentreView> ShowAsync(CentreVisit visit)
    {
        var state = await new ContactStateStore(work).ReadAsync(visit.Customer.CustomerId);
        var statements = await _store.StatementsAsync(visit.Customer.CustomerId);
        var isRecorded = statements.Any(statement => statement.Source == Gpc.Source);
        var present = CentreForm.Of(state.Wishes, visit.Customer.TimeZone, now);
        var isOptedOut = Gpc.IsOn(http) && (!isRecorded || Loosening.IsClosed(state.Wishes, Purpose.Marketing));
        return new CentreView
        {
            Visit = visit,
            Wishes = state.Wishes,
            Version = state.Version,
            Form = isOptedOut && !isRecorded ? present.WithoutOffers() : present,
            Lines = await new LedgerStore(work).PageAsync(visit.Customer.CustomerId, null, LatestLines),
            Statements = statements,
            Now = now,
            IsOptedOut = isOptedOut,
            IsOptOutRecorded = isRecorded,
        };
    }

    /// <summary>Takes a sent form: a preview is the same walk, which the caller does not commit.</summary>
    public async Task<CentreAnswer> TakeAsync(CentreVisit visit, IFormCollection form)
    {
        var state = await new ContactStateStore(work).LockAsync(visit.Customer.CustomerId, now);
        // What the browser says came with this very request, and is no reason to ask again.
        var isHeard = http.Features.Get<HeardGpc>() is not null;
        var present = CentreForm.Of(state.Wishes, visit.Customer.TimeZone, now);
        var sent = CentreForm.Sent(form, present);
        if (long.TryParse(form["seen"], out var seen) && seen != state.Version - (isHeard ? 1 : 0)) return await AgainAsync(visit, sent, view => view with { IsStale = true }, StatusCodes.Status409Conflict);
        var (changes, fault) = sent.Changes(present, visit.Customer.TimeZone, now);
        var isPreview = form["Preview"].Count > 0;
        if (fault is null && changes.Count == 0 && !isHeard && !isPreview) fault = WishPhrases.NoChoice;
        if (fault is not null) return await AgainAsync(visit, sent, view => view with { Fault = fault }, StatusCodes.Status422UnprocessableEntity);
        var words = form["Words"].ToString();
        var before = await ShowAsync(visit);
        var wishes = state.Wishes;
        for (var n = 0; n < changes.Count; n++) wishes = (await _store.RecordAsync(Statement(visit, changes[n], n == 0 ? words : null, n), now))!.Wishes;
        if (isPreview) return new CentreAnswer(before with { Form = sent, Wishes = wishes, IsPreview = true }, StatusCodes.Status200OK);
        return new CentreAnswer(null, StatusCodes.Status303SeeOther);
    }

    private async Task<CentreAnswer> AgainAsync(CentreVisit visit, CentreForm sent, Func<CentreView, CentreView> with, int status) =>
        new(with(await ShowAsync(visit)) with { Form = sent }, status);

    private PreferenceStatement Statement(CentreVisit visit, Wish wish, string? words, int place) => new()
    {
        StatementId = Ids.New(now),
        CustomerId = visit.Customer.CustomerId,
        // One after the other, as they are meant.
        SaidAt = now + Duration.FromMilliseconds(place),
        Place = visit.Place,
        Words = words,
        Wording = wish.Purposes?.Any(named => named.Purpose == Purpose.Marketing && named.Channels.Count > 0) == true ? ConsentWording.Current.Version : null,
        Wish = wish,
        Basis = StatementBasis.Volunteered,
        RecordedBy = $"customer:{visit.Customer.CustomerId}",
        RecordedAt = now,
        Source = visit.Place == StatementPlace.Portal ? "portal" : "wishes_link",
        SourceId = Ids.New(now).ToString(),
    };
}
