using System.IO.Compression;
using System.Text;

namespace Regard.Imports;

/// <summary>A file that is read from beginning to end, packed with gzip or not (its first bytes tell, not its name).</summary>
internal sealed class ImportFile : IDisposable
{
    private readonly FileStream _file;
    private readonly GZipStream? _unpacked;

    private ImportFile(FileStream file, bool isPacked)
    {
        _file = file;
        _unpacked = isPacked ? new GZipStream(file, CompressionMode.Decompress) : null;
        Text = new StreamReader((Stream?)_unpacked ?? file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
    }

    public StreamReader Text { get; }

    /// <summary>How much of the file was read: 0 to 1.</summary>
    public double Share => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    /// <exception cref="ImportRefusal">The file cannot be read.</exception>
    public static ImportFile Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            var isPacked = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            return new ImportFile(file, isPacked);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImportRefusal($"The file {path} cannot be read: {failure.Message}");
        }
    }

    public void Dispose()
    {
        Text.Dispose();
        _unpacked?.Dispose();
        _file.Dispose();
    }
}
