using Regard.Contact;

namespace Regard.Channels;

/// <summary>A way out for mails. It takes a permit: a mail without a decision does not compile. One caller at a time.</summary>
internal interface IMailRoute : IAsyncDisposable
{
    /// <summary>Writes everything but the mail's end; nothing has been handed over then.</summary>
    /// <exception cref="MailFailure">It cannot be sent; nothing was.</exception>
    Task<IMailSlot> OpenAsync(ContactPermit permit, MailMessage message, CancellationToken stop);
}

/// <summary>A mail at the point of no return. A slot that is disposed without <see cref="HandOverAsync"/> sends nothing.</summary>
internal interface IMailSlot : IAsyncDisposable
{
    /// <summary>Writes the mail's end, and no more. From its beginning on the mail may arrive, whatever happens here.</summary>
    Task HandOverAsync(CancellationToken stop);

    /// <summary>Waits for the answer.</summary>
    Task<SendResult> ResultAsync(CancellationToken stop);
}
