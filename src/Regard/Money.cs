namespace Regard;

/// <summary>An amount of money: whole minor units (cents, pence, yen) of one currency. Never a fraction, never a float.</summary>
/// <param name="Minor">Minor units as of ISO 4217; negative when money goes to the customer.</param>
/// <param name="Currency">ISO 4217 code, three capital letters.</param>
public readonly record struct Money(long Minor, string Currency)
{
    /// <summary>How many decimals the currency's minor unit has (ISO 4217 list one); 2 for a currency not listed here.</summary>
    public static int Decimals(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF"
            or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>An amount in major units as minor units, rounded half to even.</summary>
    /// <exception cref="OverflowException">The amount does not fit 63 bits.</exception>
    public static Money OfMajor(decimal major, string currency) =>
        new(checked((long)Math.Round(major * Scale(currency), 0, MidpointRounding.ToEven)), currency);

    /// <summary>The amount in major units, with the currency's own number of decimals.</summary>
    public decimal Major => decimal.Round(Minor / (decimal)Scale(Currency), Decimals(Currency));

    /// <summary>For example <c>12.50 GBP</c>: the form used in files and in the API's messages.</summary>
    public override string ToString() =>
        Major.ToString("F" + Decimals(Currency), System.Globalization.CultureInfo.InvariantCulture) + " " + Currency;

    private static int Scale(string currency) => Decimals(currency) switch { 0 => 1, 3 => 1000, _ => 100 };
}
