using Regard.Channels;
using Regard.Contact;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Texts;

/// <summary>
/// Writes what a provider says of a message and what follows: facts about the number, work for people, never a wish; but for a stop that
/// the recipient told the provider, which is their own word. Told twice or late, it changes nothing.
/// </summary>
internal sealed class DeliveryDesk(UnitOfWork work)
{
    private readonly DeliveryStore _store = new(work);

    /// <summary>Answers whether it told something new.</summary>
    public async Task<bool> RecordAsync(DeliveryReport report, Instant now)
    {
        if (Deliveries.Read(report.Status) is not { } told || await _store.CustomerAsync(report.OutboxId) is not { } customerId) return false;
        await new ContactStateStore(work).LockAsync(customerId, now);
        if (await _store.MessageAsync(customerId, report.OutboxId) is not { } row || !await _store.KeepAsync(customerId, report, now)) return false;
        var known = Words.Read<Delivery>(row.Delivery);
        var delivery = told.And(known);
        var isCall = row.Channel == "voice";
        await _store.WriteAsync(row, report, delivery, delivery == known ? null : Explained(delivery, isCall, report));
        // Whoever gets such a report has the message, also when its answer to us was lost.
        if (row.State == "ambiguous" || (row.State == "queued" && row.Attempts > 0)) await ArrivedAsync(row, now);
        if (delivery == Delivery.NotDelivered && known != Delivery.NotDelivered) await MissedAsync(row, report, isCall, now);
        return true;
    }

    private async Task ArrivedAsync(OutboxRow row, Instant now)
    {
        await _store.WasSentAsync(row, now);
        await new TimelineStore(work).AppendAsync([(row.CustomerId, SentMessage.Touchpoint(row, now))], now);
        if (row.State != "queued" || row.AddressKey is not { } key) return;
        var addresses = new AddressStore(work);
        await addresses.ReadAsync([key], [key], now);
        await addresses.ReserveAsync(new CountedContact { AddressKey = key, ContactId = row.OutboxId, CustomerId = row.CustomerId, Purpose = row.Purpose, At = now });
    }

    private async Task MissedAsync(OutboxRow row, DeliveryReport report, bool isCall, Instant now)
    {
        var fault = ProviderFault.Of(report.Code);
        var outbox = new OutboxStore(work);
        await outbox.NoteAddressAsync(row, new SendResult(SendOutcome.Rejected, "", fault.IsNumberBad) { IsTextless = fault.IsTextless }, now);
        if (fault.IsStopped && row.AddressKey is { } number) await new TextWishes(work).StopAsync(new TextSaid(row.CustomerId, now, $"provider:{row.OutboxId}"), number, null);
        var isOwed = Words.Must<Purpose>(row.Purpose) is Purpose.Service or Purpose.Legal;
        if (isOwed || fault.IsNumberBad || fault.IsTextless)
            await outbox.AskPeopleAsync(row with { OutboxId = report.OutboxId }, $"{(isCall ? "Nobody answered the call" : "The text did not arrive")}: {row.Subject}", Explained(Delivery.NotDelivered, isCall, report), now);
    }

    private static string Explained(Delivery delivery, bool isCall, DeliveryReport report) => (delivery, report.Code) switch
    {
        (Delivery.NotDelivered, { Length: > 0 } code) => $"{delivery.InWords(isCall)} {char.ToUpperInvariant(ProviderFault.Of(code).InWords[0])}{ProviderFault.Of(code).InWords[1..]} ({code}).",
        (Delivery.NotDelivered, _) when isCall && report.Status is "busy" => "The line was engaged.",
        (Delivery.NotDelivered, _) when isCall && report.Status is not "no-answer" => "The call did not come about.",
        _ => delivery.InWords(isCall),
    };
}
