using Regard.Contact;

namespace Regard.Channels;

/// <summary>Mails over SMTP. The conversation is kept for the next mail while all goes well.</summary>
internal sealed class SmtpRoute(SmtpServer server) : IMailRoute
{
    private const int MailsPerConversation = 100;

    private SmtpSession? _session;

    public async Task<IMailSlot> OpenAsync(ContactPermit permit, MailMessage message, CancellationToken stop)
    {
        var mail = MimeText.Write(message, permit.Address);
        try
        {
            return await BeginAsync(permit, message, mail, stop);
        }
        catch (MailFailure failure) when (failure.Result.Outcome == SendOutcome.NotSent && _session is { Sent: > 0 })
        {
            // A conversation that was kept may have been ended by the server meanwhile; nothing was handed over yet.
            await DropAsync();
            return await BeginAsync(permit, message, mail, stop);
        }
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private async Task<Slot> BeginAsync(ContactPermit permit, MailMessage message, byte[] mail, CancellationToken stop)
    {
        try
        {
            _session ??= await SmtpSession.OpenAsync(server, stop);
            await _session.BeginAsync(message.ReturnTo ?? message.From, permit.Address, stop);
            await _session.WriteAsync(mail, stop);
            return new Slot(this, _session);
        }
        catch (MailFailure failure) when (failure.Result.IsAddressBad)
        {
            throw;
        }
        catch (MailFailure) when (_session is not { Sent: > 0 })
        {
            await DropAsync();
            throw;
        }
    }

    private async Task DropAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        _session = null;
    }

    private sealed class Slot(SmtpRoute route, SmtpSession session) : IMailSlot
    {
        private bool _isAnswered;

        public Task HandOverAsync(CancellationToken stop) => session.EndAsync();

        public async Task<SendResult> ResultAsync(CancellationToken stop)
        {
            var result = await session.ResultAsync(stop);
            _isAnswered = result.Outcome != SendOutcome.Ambiguous;
            return result;
        }

        // A conversation that stands in the middle of a mail can only be ended.
        public async ValueTask DisposeAsync()
        {
            if (!_isAnswered || session.Sent >= MailsPerConversation) await route.DropAsync();
        }
    }
}
