using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Post;

/// <summary>What became of making a batch.</summary>
/// <param name="BatchId">The batch; null = no letter is due, and none was made.</param>
/// <param name="Letters">How many letters are in it.</param>
/// <param name="HeldBack">How many were due and may not be sent, or not now: their customer's page says why.</param>
internal sealed record BatchMade(Guid? BatchId, int Letters, int HeldBack);

/// <summary>
/// Makes batches of letters and notes what became of them. Each letter is decided again, counted and put into the batch in one transaction
/// of its customer; a wish that comes before the post takes it out again.
/// </summary>
internal sealed class LetterDesk(Database database, IClock clock)
{
    /// <summary>Most letters of one batch.</summary>
    public const int Most = 1000;

    /// <summary>Makes a batch of what is due.</summary>
    public async Task<BatchMade> MakeAsync(Actor by, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using (var read = await database.ReadAsync(stop))
            if (await new LetterStore(read).CountDueAsync(now) == 0)
                return new BatchMade(null, 0, 0);
        var batchId = Ids.New(now);
        await using (var first = await database.WriteAsync(stop))
        {
            await new LetterBatchStore(first).BeginAsync(batchId, by.Reference, now);
            await first.CommitAsync();
        }
        return await FillAsync(batchId, stop);
    }

    /// <summary>Goes on with a batch whose making was interrupted, and seals it. One that is sealed stays as it is.</summary>
    public async Task<BatchMade> FillAsync(Guid batchId, CancellationToken stop)
    {
        List<OutboxRow> due;
        List<LetterRow> inside;
        await using (var read = await database.ReadAsync(stop))
        {
            if (await new LetterBatchStore(read).FindAsync(batchId) is not { SealedAt: null }) return new BatchMade(batchId, 0, 0);
            inside = await new LetterStore(read).OfBatchAsync(batchId);
            due = await new LetterStore(read).DueAsync(clock.GetCurrentInstant(), Math.Max(0, Most - inside.Count));
        }
        var (position, put) = (inside.Select(letter => letter.Position).DefaultIfEmpty(0).Max(), 0);
        foreach (var row in due)
            if (await PutAsync(row, batchId, position + 1, stop))
                (position, put) = (position + 1, put + 1);
        await using var last = await database.WriteAsync(stop);
        await new LetterBatchStore(last).SealAsync(batchId, clock.GetCurrentInstant());
        await last.CommitAsync();
        return new BatchMade(batchId, inside.Count + put, due.Count - put);
    }

    /// <summary>Notes that a letter was posted, or is given back unposted. Answers false when something was noted before, or there is no such letter.</summary>
    public async Task<bool> FinishAsync(Guid batchId, Guid letterId, bool isPosted, Actor by, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(stop);
        var letters = new LetterStore(work);
        if (await letters.FindAsync(batchId, letterId) is not { } letter) return false;
        await new ContactStateStore(work).LockAsync(letter.CustomerId, now);
        if (await letters.MessageAsync(letter) is not { } row || !await letters.FinishAsync(letter, isPosted ? "posted" : "given_back", by.Reference, now)) return false;
        await letters.MessageIsAsync(row, isPosted ? "sent" : "failed", isPosted ? "Posted." : "The letter was given back before it was posted.", now);
        if (isPosted) await new TimelineStore(work).AppendAsync([(letter.CustomerId, SentMessage.Touchpoint(row with { CustomerId = letter.CustomerId }, now))], now);
        else await new OutboxStore(work).AskPeopleAsync(row, $"A letter was not posted: {row.Subject}", "It was given back. Tell them another way, if one is welcome.", now);
        await work.CommitAsync();
        return true;
    }

    /// <summary>Notes that all letters of a batch that are still to be posted were. Answers how many.</summary>
    public async Task<int> PostedAsync(Guid batchId, Actor by, CancellationToken stop)
    {
        List<LetterRow> inside;
        await using (var read = await database.ReadAsync(stop)) inside = await new LetterStore(read).OfBatchAsync(batchId);
        var posted = 0;
        foreach (var letter in inside.Where(letter => letter.State == "printed"))
            if (await FinishAsync(batchId, letter.LetterId, true, by, stop))
                posted++;
        return posted;
    }

    /// <summary>Notes that a posted letter came back: a fact about the address, and work for people. Answers false when there is no such letter.</summary>
    public async Task<bool> CameBackAsync(Guid batchId, Guid letterId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(stop);
        var letters = new LetterStore(work);
        if (await letters.FindAsync(batchId, letterId) is not { State: "posted" } letter || await letters.MessageAsync(letter) is not { } row) return false;
        await letters.AddressFailsAsync(letter, now);
        await new OutboxStore(work).AskPeopleAsync(row, $"A letter came back: {row.Subject}", "The postal address does not work. Ask for another by a way that is welcome.", now);
        await work.CommitAsync();
        return true;
    }

    private async Task<bool> PutAsync(OutboxRow due, Guid batchId, long position, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var worker = $"letters:{batchId}";
        await using var work = await database.WriteAsync(stop);
        var claimed = await new ClaimStore(work).ClaimAsync([due], worker, now) is [var taken] ? taken : null;
        if (claimed is not null) await new LetterStore(work).PutAsync(await WriteAsync(work, claimed, (batchId, position), now), worker);
        // What may not be sent is written with its reasons.
        await work.CommitAsync();
        return claimed is not null;
    }

    private static async Task<LetterRow> WriteAsync(UnitOfWork work, ClaimedContact claimed, (Guid BatchId, long Position) place, Instant now)
    {
        var customer = (await new ProfileStore(work).BareAsync(claimed.Row.CustomerId))!;
        var address = (await new PostalStore(work).CurrentAsync(customer.CustomerId)).First(known => known.Written(customer.Name) == claimed.Permit.Address);
        var language = LetterBook.Language(claimed.Row.Language);
        var (salutation, text) = LetterText.Of(claimed.Row.Content, (customer.AddressAs ?? customer.Name).Split(',')[0], language);
        return new LetterRow
        {
            CustomerId = customer.CustomerId,
            LetterId = Ids.New(now),
            BatchId = place.BatchId,
            OutboxId = claimed.Row.OutboxId,
            Position = place.Position,
            Recipient = address.Recipient ?? customer.Name,
            Street = address.Street,
            PostalCode = address.PostalCode,
            City = address.City,
            Region = address.Region,
            Country = address.Country,
            Salutation = salutation,
            Subject = claimed.Row.Subject,
            Content = text,
            Language = language,
            CreatedAt = now,
        };
    }
}
