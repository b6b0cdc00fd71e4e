namespace Regard.Texts;

/// <summary>
/// What a provider's error number says of the recipient's number. Facts about a number are no wishes; that somebody told the provider to
/// stop is: they said it themselves.
/// </summary>
/// <param name="IsNumberBad">Nobody can be reached there, neither by text nor by call.</param>
/// <param name="IsTextless">Text messages do not arrive there; calls may.</param>
/// <param name="IsStopped">The recipient told the provider that they want no more text messages.</param>
/// <param name="InWords">For people.</param>
public readonly record struct ProviderFault(bool IsNumberBad, bool IsTextless, bool IsStopped, string InWords)
{
    /// <summary>The meaning of a number; one that says nothing of the recipient has words only.</summary>
    public static ProviderFault Of(string? code) => code switch
    {
        "21211" or "21217" or "13224" => new(true, false, false, "the number is none"),
        "21214" => new(false, false, false, "the number cannot be reached now"),
        "21610" => new(false, false, true, "they told the provider that they want no more texts"),
        "21614" => new(false, true, false, "the number takes no texts"),
        "30003" => new(false, false, false, "the telephone is switched off or out of reach"),
        "30004" => new(false, false, false, "the telephone or its network blocks it"),
        "30005" => new(false, true, false, "the number is not known to the network"),
        "30006" => new(false, true, false, "a landline, or a network that takes no texts"),
        "30007" => new(false, false, false, "a carrier took it for spam"),
        "21408" or "13227" => new(false, false, false, "the provider does not serve that country for us"),
        { Length: > 0 } => new(false, false, false, $"the provider's number for it is {code}"),
        _ => new(false, false, false, "the provider does not say why"),
    };
}
