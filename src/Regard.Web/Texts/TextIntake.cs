using Regard.Contact;
using Regard.Customers;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Texts;

/// <summary>A text message as it came in.</summary>
/// <param name="SourceId">The provider's own id of it.</param>
/// <param name="Number">From which it came.</param>
/// <param name="Words">What it says.</param>
internal sealed record IncomingText(string SourceId, string Number, string Words)
{
    public TextAct Act => TextActs.Read(Words);
}

/// <summary>
/// Takes text messages in. A stop binds every profile with the number, and is answered only when it is committed for all of them; what a
/// person says goes to whom the number leads. A text of nobody we know is kept for people to look at.
/// </summary>
internal sealed class TextIntake(Database database, IClock clock)
{
    /// <summary>Longest text that is kept, in characters: what providers put together of many parts.</summary>
    public const int Longest = 4000;

    /// <summary>Answers whom it concerns; empty = nobody knows.</summary>
    public async Task<IReadOnlyList<Guid>> ReceiveAsync(IncomingText told, CancellationToken stop)
    {
        var text = Cleaned(told);
        List<Guid> customers;
        await using (var work = await database.ReadAsync(stop)) customers = await new TextStore(work).WithNumberAsync(text.Number);
        if (customers.Count == 0) await database.RepeatAsync(work => new StrayTextStore(work).KeepAsync(Stray(text)), stop);
        foreach (var customer in customers) await RecordAsync(customer, text, customer == customers[0], stop);
        return customers;
    }

    /// <summary>Gives a text of a stranger to a customer, as if their number had been known.</summary>
    public Task AssignAsync(StrayTextRow stray, Guid customerId, CancellationToken stop) => RecordAsync(customerId, new IncomingText(stray.SourceId, stray.Number, stray.Words), true, stop);

    private async Task RecordAsync(Guid customerId, IncomingText text, bool isTheirs, CancellationToken stop)
    {
        var key = AddressStore.KeyOf(Channel.Sms, text.Number, await LinkKeyStore.ReadAsync(database, clock, stop))!;
        await database.RepeatAsync(async work =>
        {
            // Between the look and now somebody may have joined the profile with another.
            if (await new CustomerStore(work).CurrentAsync(customerId) is not { } current) return false;
            var now = clock.GetCurrentInstant();
            await new ContactStateStore(work).LockAsync(current, now);
            var row = Row(current, text, now);
            if (!await new TextStore(work).KeepAsync(row)) return false;
            await FollowAsync(work, row, key, isTheirs);
            return true;
        }, stop);
    }

    private static async Task FollowAsync(UnitOfWork work, ReceivedTextRow row, string key, bool isTheirs)
    {
        var said = new TextSaid(row.CustomerId, row.At, row.SourceId);
        var act = Words.Must<TextAct>(row.Act);
        var given = 0;
        if (act == TextAct.Stop) await new TextWishes(work).StopAsync(said, key, row.Words);
        else if (act == TextAct.Start) given = await new TextWishes(work).StartAsync(said, key, row.Words);
        // "Yes" is an answer, unless there is a stop that it takes back.
        if (act == TextAct.Words || (act == TextAct.Start && given == 0 && row.Words.Contains("yes", StringComparison.OrdinalIgnoreCase)))
        {
            if (isTheirs) await new TextAnswering(work).OpenAsync(row);
            return;
        }
        var summary = act switch
        {
            TextAct.Stop => "Ended text messages, by text",
            TextAct.Start => given > 0 ? "Took their stop of text messages back, by text" : "Asked for text messages, by text: nothing had been stopped",
            _ => "Asked by text who writes to them",
        };
        await new TimelineStore(work).AppendAsync(row.CustomerId, [TextAnswering.Touchpoint(row, summary)], row.At);
    }

    private static IncomingText Cleaned(IncomingText told)
    {
        var words = new string([.. told.Words.Where(c => !char.IsControl(c) || c == '\n')]).Trim();
        return told with { Number = IdentityForm.Normal(IdentityKind.Phone, told.Number, null) ?? told.Number.Trim(), Words = words.Length <= Longest ? words : words[..Longest] };
    }

    private static ReceivedTextRow Row(Guid customerId, IncomingText text, Instant now) => new()
    {
        CustomerId = customerId,
        TextId = Ids.New(now),
        At = now,
        Act = Words.Of(text.Act),
        Number = text.Number,
        Words = text.Words,
        SourceId = text.SourceId,
    };

    private StrayTextRow Stray(IncomingText text) => new() { SourceId = text.SourceId, At = clock.GetCurrentInstant(), Act = Words.Of(text.Act), Number = text.Number, Words = text.Words };
}
