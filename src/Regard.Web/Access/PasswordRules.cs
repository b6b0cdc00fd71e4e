namespace Regard.Access;

/// <summary>Which passwords staff may choose: long ones that nobody guesses. No rules about digits and signs, no expiry (NIST SP 800-63B).</summary>
internal static class PasswordRules
{
    public const int Shortest = 15;

    /// <summary>Long enough for every passphrase; a bound, because hashing costs.</summary>
    public const int Longest = 128;

    /// <summary>Where zxcvbn begins to call a password safe against an attacker who can try without limits: about 10¹⁰ guesses, score 4 of 4.</summary>
    private const int ScoreNeeded = 3;

    /// <summary>What is wrong with a password, as a sentence for the person who chose it; null when it is good.</summary>
    /// <param name="password">As typed; spaces count.</param>
    /// <param name="known">What anybody knows about this person: name, e-mail address, company.</param>
    public static string? Fault(string? password, IEnumerable<string> known)
    {
        if (string.IsNullOrEmpty(password) || password.Length < Shortest) return $"Use at least {Shortest} characters: four or five unrelated words are easy to remember.";
        if (password.Length > Longest) return $"Use at most {Longest} characters.";
        if (IsRepetition(password)) return "This is one piece repeated. Use several unrelated words.";
        var words = known.SelectMany(text => text.Split([' ', '@', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Append(text)).Where(word => word.Length > 2);
        var guess = new Zxcvbn.Zxcvbn().EvaluatePassword(password, [.. words.Append("regard").Distinct(StringComparer.OrdinalIgnoreCase)]);
        return guess.Score < ScoreNeeded ? "This is easily guessed: it is common, a pattern on the keyboard, or made from your name or address. Use several unrelated words." : null;
    }

    private static bool IsRepetition(string password)
    {
        for (var length = 1; length <= password.Length / 2; length++)
        {
            var piece = password[..length];
            if (password.Chunk(length).All(chunk => piece.AsSpan().StartsWith(chunk))) return true;
        }
        return false;
    }
}
