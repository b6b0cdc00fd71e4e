using Regard.Contact;

namespace Regard.Channels;

/// <summary>Mails as files in a folder: what a house without a mail server, and the demo, has instead of sending.</summary>
internal sealed class FolderRoute(string folder) : IMailRoute
{
    public Task<IMailSlot> OpenAsync(ContactPermit permit, MailMessage message, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var name = Path.Combine(folder, Path.GetFileName(message.MessageId) + ".eml");
        return Task.FromResult<IMailSlot>(new Slot(name, MimeText.Write(message, permit.Address)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Slot(string file, byte[] content) : IMailSlot
    {
        public async Task HandOverAsync(CancellationToken stop)
        {
            await File.WriteAllBytesAsync(file + ".part", content, stop);
            File.Move(file + ".part", file, overwrite: true);
        }

        public Task<SendResult> ResultAsync(CancellationToken stop) => Task.FromResult(new SendResult(SendOutcome.Accepted, "Written to the mail folder."));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
