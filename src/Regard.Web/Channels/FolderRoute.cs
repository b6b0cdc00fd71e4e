using Regard.Contact;

namespace Regard.Channels;

/// <summary>Mails as files in a folder: what a house without a mail server, and the demo, has instead of sending.</summary>
internal sealed class FolderRoute(string folder) : IMailRoute
{
    public async Task<IMailSlot> OpenAsync(ContactPermit permit, MailMessage message, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var name = Path.Combine(folder, Path.GetFileName(message.MessageId) + ".eml");
        await File.WriteAllBytesAsync(name + ".part", MimeText.Write(message, permit.Address), stop);
        return new Slot(name);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Slot(string file) : IMailSlot
    {
        public Task HandOverAsync(CancellationToken stop)
        {
            File.Move(file + ".part", file, overwrite: true);
            return Task.CompletedTask;
        }

        public Task<SendResult> ResultAsync(CancellationToken stop) => Task.FromResult(new SendResult(SendOutcome.Accepted, "Written to the mail folder."));

        public ValueTask DisposeAsync()
        {
            File.Delete(file + ".part");
            return ValueTask.CompletedTask;
        }
    }
}
