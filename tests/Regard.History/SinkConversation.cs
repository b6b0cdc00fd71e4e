using System.Net.Sockets;
using System.Text;

namespace Regard.History;

/// <summary>The bytes of one conversation of a mail server, in lines and mails; answers wait until nothing more is there to read.</summary>
internal sealed class SinkConversation : IDisposable
{
    private readonly Socket _socket;
    private readonly CancellationToken _stop;
    private readonly StringBuilder _answers = new();
    private byte[] _buffer = new byte[16 * 1024];
    private int _from;
    private int _to;
    private Range _mail;

    public SinkConversation(Socket socket, CancellationToken stop)
    {
        socket.NoDelay = true;
        (_socket, _stop) = (socket, stop);
    }

    public void Say(string answer) => _answers.Append(answer).Append("\r\n");

    /// <summary>The next command; null = the other side ended.</summary>
    public async Task<string?> LineAsync()
    {
        int length;
        while ((length = _buffer.AsSpan(_from, _to - _from).IndexOf("\r\n"u8)) < 0)
            if (!await ReadAsync())
                return null;
        var line = Encoding.ASCII.GetString(_buffer, _from, length);
        _from += length + 2;
        return line;
    }

    /// <summary>Reads a mail to its end; false = the other side ended before.</summary>
    public async Task<bool> MailAsync()
    {
        int length;
        while ((length = _buffer.AsSpan(_from, _to - _from).IndexOf("\r\n.\r\n"u8)) < 0)
            if (!await ReadAsync())
                return false;
        _mail = _from..(_from + length);
        _from += length + 5;
        return true;
    }

    /// <summary>What stands in the last mail between a header's beginning and a byte.</summary>
    public ReadOnlySpan<byte> Header(ReadOnlySpan<byte> beginning, byte end)
    {
        var mail = _buffer.AsSpan(_mail);
        var value = mail[(mail.IndexOf(beginning) + beginning.Length)..];
        return value[..value.IndexOf(end)];
    }

    public async Task FlushAsync()
    {
        if (_answers.Length == 0) return;
        var bytes = Encoding.ASCII.GetBytes(_answers.ToString());
        _answers.Clear();
        await _socket.SendAsync(bytes, SocketFlags.None, _stop);
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> ReadAsync()
    {
        await FlushAsync();
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }
        if (_to == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_to), SocketFlags.None, _stop);
        _to += read;
        return read > 0;
    }
}
