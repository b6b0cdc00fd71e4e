using Regard.Contact;

namespace Regard.Channels;

/// <summary>Each channel's own way out.</summary>
internal sealed class ChannelRoutes(IMailRoute mail, ProviderRoute? provider) : IMailRoute
{
    public Task<IMailSlot> OpenAsync(ContactPermit permit, MailMessage message, CancellationToken stop) => permit.Channel switch
    {
        Channel.Email => mail.OpenAsync(permit, message, stop),
        Channel.Sms or Channel.Voice when provider is not null => provider.OpenAsync(permit, message, stop),
        _ => throw new MailFailure(new SendResult(SendOutcome.NotSent, $"This process has no way out for {permit.Channel.InWords()}.")),
    };

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        if (provider is not null) await provider.DisposeAsync();
    }
}
