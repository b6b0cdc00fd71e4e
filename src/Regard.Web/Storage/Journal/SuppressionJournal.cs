using System.Text;

namespace Regard.Storage.Journal;

/// <summary>
/// Keeps what a customer refused, and who was erased, outside the database: appended and flushed to the disk after the commit and before
/// anybody is told that it is kept. A database that was restored to an earlier time learns from it what it has forgotten.
/// </summary>
internal sealed class SuppressionJournal(string folder) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private FileStream? _lock;
    private FileStream? _file;
    private JournalLine? _last;

    public string Folder => folder;

    /// <summary>The end of the file that this process writes; null = it has written nothing yet. Everything up to it was committed.</summary>
    public JournalMark? End { get; private set; }

    /// <summary>Appends entries. After it returns they are on the disk.</summary>
    public async Task AppendAsync(IReadOnlyList<JournalEntry> entries)
    {
        await _turn.WaitAsync();
        try
        {
            _file ??= Open();
            var text = new StringBuilder();
            var last = _last;
            foreach (var entry in entries)
            {
                last = JournalLine.After(last, entry);
                text.Append(last.Write()).Append('\n');
            }
            await _file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
            _file.Flush(flushToDisk: true);
            _last = last;
            End = new JournalMark { File = Path.GetFileName(_file.Name), Position = last!.Number, Hash = last.Hash };
        }
        catch
        {
            // What was half written is cut off when the file is opened again.
            await CloseAsync();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _turn.Dispose();
    }

    // A process that is alive holds its file's lock: another one takes the next file.
    private FileStream Open()
    {
        Directory.CreateDirectory(folder);
        for (var n = 1; ; n++)
        {
            var name = $"{Environment.MachineName}-{n}{JournalFolder.Ending}";
            if (!TryLock(Path.Combine(folder, name + ".lock"))) continue;
            var file = new FileStream(Path.Combine(folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            _last = JournalFolder.Read(folder, name).LastOrDefault();
            file.SetLength(EndOfLines(file));
            file.Seek(0, SeekOrigin.End);
            return file;
        }
    }

    private bool TryLock(string path)
    {
        try
        {
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static long EndOfLines(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n') return end;
        }
        return 0;
    }

    private async Task CloseAsync()
    {
        if (_file is not null) await _file.DisposeAsync();
        if (_lock is not null) await _lock.DisposeAsync();
        (_file, _lock, _last) = (null, null, null);
    }
}
