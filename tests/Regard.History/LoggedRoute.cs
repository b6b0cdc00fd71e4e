using System.Globalization;
using Regard.Channels;
using Regard.Contact;

namespace Regard.History;

/// <summary>
/// The product's way out for mails, with a line of history before each hand-over, of the profile to which it goes: what was asked for one of
/// two that were merged stays with the survivor when they are parted. The attempt is named in the subject, where the server sees it.
/// </summary>
internal sealed class LoggedRoute(IMailRoute route, HistoryLog log, FastClock clock, Func<long> nextOperation) : IMailRoute
{
    public async Task<IMailSlot> OpenAsync(ContactPermit permit, MailMessage message, CancellationToken stop)
    {
        var record = new HistoryRecord
        {
            Operation = nextOperation(),
            Step = long.Parse(permit.Step, CultureInfo.InvariantCulture),
            Profile = Profiles.Of(permit.CustomerId),
            At = clock.Microseconds(),
            Message = RecordingSink.Hash(message.MessageId),
            Purpose = permit.Purpose,
            Act = Act.HandOver,
        };
        return new Slot(await route.OpenAsync(permit, message with { Subject = $"{record.Operation:x}" }, stop), log, record);
    }

    public ValueTask DisposeAsync() => route.DisposeAsync();

    private sealed class Slot(IMailSlot slot, HistoryLog log, HistoryRecord record) : IMailSlot
    {
        public Task HandOverAsync(CancellationToken stop)
        {
            log.Write(record);
            return slot.HandOverAsync(stop);
        }

        public Task<SendResult> ResultAsync(CancellationToken stop) => slot.ResultAsync(stop);

        public ValueTask DisposeAsync() => slot.DisposeAsync();
    }
}
