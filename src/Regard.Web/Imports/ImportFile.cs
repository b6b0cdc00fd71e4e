using System.IO.Compression;
using System.Text;

namespace Regard.Imports;

/// <summary>A file that is read from beginning to end, packed with gzip or not (its first bytes tell, not its name).</summary>
internal sealed class ImportFile : IDisposable
{
    private readonly FileStream _file;
    private readonly Unpacked? _unpacked;

    private ImportFile(FileStream file, bool isPacked)
    {
        _file = file;
        _unpacked = isPacked ? new Unpacked(file) : null;
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

    /// <summary>
    /// A gzip file's contents. The framework takes a file that was cut off for a complete one; here its last four bytes, which hold the
    /// length of the contents, must agree (RFC 1952 section 2.3.1).
    /// </summary>
    private sealed class Unpacked(FileStream file) : Stream
    {
        private readonly GZipStream _inner = new(file, CompressionMode.Decompress);
        private long _length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = _inner.Read(buffer, offset, count);
            _length += read;
            if (read == 0 && count > 0) RequireEnd();
            return read;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) _inner.Dispose();
            base.Dispose(disposing);
        }

        private void RequireEnd()
        {
            Span<byte> told = stackalloc byte[4];
            file.Seek(-told.Length, SeekOrigin.End);
            file.ReadExactly(told);
            if (System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(told) != (uint)_length)
                throw new InvalidDataException("The packed file ends too early, or was put together of several.");
        }
    }
}
