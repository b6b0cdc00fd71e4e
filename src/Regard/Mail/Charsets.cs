using System.Text;

namespace Regard.Mail;

/// <summary>Turns bytes into text by the character set that a mail names, as far as that is true.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The text. An unknown character set, or one that says nothing, is guessed.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? name)
    {
        var plain = name?.Trim().Trim('"', '\'').ToLowerInvariant().Replace('_', '-') ?? "";
        if (plain is "utf-7" or "unicode-1-1-utf-7" or "utf7") return Utf7.Decode(bytes);
        return Find(plain) is { } encoding ? encoding.GetString(bytes) : Raw(bytes);
    }

    /// <summary>Text of which nothing is said: UTF-8 where it is that, Japanese by its escapes, else Western.</summary>
    public static string Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\x1b$"u8) >= 0) return Find("iso-2022-jp")!.GetString(bytes);
        if (!bytes.ContainsAnyExceptInRange((byte)0, (byte)127)) return Encoding.ASCII.GetString(bytes);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(bytes);
        }
    }

    private static Encoding? Find(string name)
    {
        var page = name switch
        {
            "" or "us-ascii" or "ascii" or "ansi-x3.4-1968" or "unknown-8bit" or "x-unknown" or "unknown" or "default" or "8bit" or "7bit" => 0,
            "utf-8" or "utf8" or "unicode-1-1-utf-8" or "utf-8-mac" or "cp65001" => 65001,
            "iso-8859-1" or "iso8859-1" or "latin1" or "latin-1" or "l1" or "cp1252" or "windows1252" or "win-1252" or "ansi" => 1252,
            "iso-8859-8-i" or "iso-8859-8-e" => 28598,
            "iso-8859-9" or "latin5" => 1254,
            "iso-8859-11" or "tis-620" => 874,
            "shift-jis" or "sjis" or "x-sjis" or "ms-kanji" or "cp932" or "ms932" or "windows-31j" => 932,
            "iso-2022-jp" or "iso-2022-jp-ms" or "csiso2022jp" or "cp50220" or "cp50221" or "iso-2022-jp-1" or "iso-2022-jp-2" => 50220,
            "euc-jp" or "x-euc-jp" or "eucjp" => 51932,
            "gb2312" or "gbk" or "x-gbk" or "gb18030" or "cp936" or "euc-cn" or "gb-2312" or "chinese" => 54936,
            "hz-gb-2312" or "hz" => 52936,
            "big5" or "big5-hkscs" or "x-x-big5" or "cn-big5" => 950,
            "euc-kr" or "ks-c-5601-1987" or "ks-c-5601" or "cp949" or "x-windows-949" or "uhc" or "korean" => 949,
            "macintosh" or "x-mac-roman" or "mac" => 10000,
            _ => -1,
        };
        if (page == 0) return null;
        try
        {
            if (page == 65001 || name is "utf-16" or "utf-16le" or "utf-16be" or "utf-32") return page > 0 ? Encoding.UTF8 : Encoding.GetEncoding(name);
            return page > 0 ? CodePagesEncodingProvider.Instance.GetEncoding(page) : Named(name);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding? Named(string name)
    {
        var tidy = name.StartsWith("iso8859", StringComparison.Ordinal) ? "iso-8859" + name[7..]
            : name.StartsWith("cp125", StringComparison.Ordinal) ? "windows-" + name[2..]
            : name.StartsWith("windows125", StringComparison.Ordinal) ? "windows-" + name[7..] : name;
        return CodePagesEncodingProvider.Instance.GetEncoding(tidy);
    }
}
