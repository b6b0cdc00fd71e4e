using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>A mail server's answer in numbers, as it stands in a text.</summary>
/// <param name="Reply">SMTP's three digits (RFC 5321); null = none.</param>
/// <param name="Enhanced">The enhanced status (RFC 3463); null = none.</param>
internal readonly partial record struct StatusCode(int? Reply, string? Enhanced)
{
    /// <summary>Whether the enhanced status says more than its class.</summary>
    public bool IsSpecific => Enhanced is not null && !Enhanced.EndsWith(".0.0", StringComparison.Ordinal);

    /// <summary>5 = for good, 4 = for now; null = nothing is said.</summary>
    public int? Class => Enhanced is { } enhanced ? enhanced[0] - '0' : Reply / 100;

    /// <summary>Finds the first answer in a text that refuses something.</summary>
    public static StatusCode Find(string text)
    {
        if (Both().Match(text) is { Success: true } both) return new(int.Parse(both.Groups["reply"].ValueSpan, provider: null), both.Groups["status"].Value);
        var enhanced = Enhanced1().Match(text) is { Success: true } one ? one.Groups["status"].Value : null;
        int? reply = ReplyOnly().Match(text) is { Success: true } match ? int.Parse(match.Groups["reply"].ValueSpan, provider: null) : null;
        return new(reply, enhanced);
    }

    /// <summary>What the numbers say of the reason.</summary>
    public BounceReason Reason => Enhanced is { } status && status[2..] is var detail ? detail switch
    {
        "1.1" or "1.0" or "1.3" or "1.4" or "1.5" or "1.10" => BounceReason.NoMailbox,
        "1.6" => BounceReason.Moved,
        "1.2" or "4.4" => BounceReason.NoHost,
        "1.7" or "1.8" or "1.9" => BounceReason.Sender,
        "2.1" => BounceReason.Disabled,
        "2.2" or "3.1" => BounceReason.Full,
        "2.3" or "3.4" => BounceReason.TooLarge,
        "4.1" or "4.2" or "4.7" => BounceReason.Expired,
        "4.5" => BounceReason.Rate,
        "7.0" or "7.1" or "7.2" => BounceReason.Policy,
        _ => detail[0] switch
        {
            '3' or '4' or '5' => BounceReason.System,
            '6' => BounceReason.Content,
            '7' => BounceReason.Sender,
            _ => BounceReason.Unknown,
        },
    } : Reply switch
    {
        421 or 450 or 451 => BounceReason.System,
        452 => BounceReason.Full,
        552 or 523 => BounceReason.Full,
        534 => BounceReason.TooLarge,
        _ => BounceReason.Unknown,
    };

    [GeneratedRegex(@"(?<![\d.])(?<reply>[45][0-7]\d)[ \-]+\(?#?(?<status>[45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")]
    private static partial Regex Both();

    [GeneratedRegex(@"(?:^|[\s(#;:\[=,])(?<status>[45]\.[0-7]\.\d{1,3})(?=$|[\s).;:,\]<-])(?!\.\d)", RegexOptions.Multiline)]
    private static partial Regex Enhanced1();

    // Three digits with words behind them: not a part of an address, a time or a size.
    [GeneratedRegex(@"(?<![\d.,:/@\w+-])(?<reply>4(?:2[0-9]|3[0-9]|4[0-9]|5[0-9]|7[0-9])|5(?:0[0-9]|1[0-9]|2[0-9]|3[0-9]|4[0-9]|5[0-9]|7[0-9]))(?=$|[ \-:)]{1,3}[A-Za-z<\[('""#*]|[)\]]|\s*$)", RegexOptions.Multiline)]
    private static partial Regex ReplyOnly();
}
