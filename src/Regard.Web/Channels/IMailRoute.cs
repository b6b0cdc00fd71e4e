using Regard.Contact;

namespace Regard.Channels;

/// <summary>A way out for mails. It takes a permit: a mail without a decision does not compile. One caller at a time.</summary>
internal interface IMailRoute : IAsyncDisposable
{
    /// <summary>Prepares everything up to the moment at which the mail itself would be written; nothing has been handed over then.</summary>
    /// <exception cref="MailFailure">It cannot be sent; nothing was.</exception>
    Task<IMailSlot> OpenAsync(ContactPermit permit, MailMessage message, CancellationToken stop);
}

/// <summary>A mail at the point of no return. A slot that is disposed without <see cref="HandOverAsync"/> sends nothing.</summary>
internal interface IMailSlot : IAsyncDisposable
{
    /// <summary>Writes the mail to its end. After it returns the mail may arrive, whatever happens here.</summary>
    Task HandOverAsync(CancellationToken stop);

    /// <summary>Waits for the answer.</summary>
    Task<SendResult> ResultAsync(CancellationToken stop);
}
