using System.Globalization;

namespace Regard.Layout;

/// <summary>Writes amounts of money for people and for machines.</summary>
public static class MoneyText
{
    /// <summary>As people write it: "€1,234.50", "−£3.00", "¥500", "1,234.500 KWD". The minus is the typographic one.</summary>
    public static string For(long amount, string currency, bool signed = false)
    {
        var digits = Decimals(currency);
        var number = (Magnitude(amount) / Power(digits)).ToString(Format('N', digits), CultureInfo.InvariantCulture);
        var sign = amount < 0 ? "−" : signed && amount > 0 ? "+" : "";
        return Symbol(currency) is { } symbol ? sign + symbol + number : $"{sign}{number}\u00a0{currency}";
    }

    /// <summary>As machines read it: "-1234.50".</summary>
    public static string Plain(long amount, string currency)
    {
        var digits = Decimals(currency);
        return (amount / Power(digits)).ToString(Format('F', digits), CultureInfo.InvariantCulture);
    }

    /// <summary>Digits after the point. Source: ISO 4217, list one; two for a code that is not in it.</summary>
    public static int Decimals(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF"
            or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        "CLF" or "UYW" => 4,
        _ => 2,
    };

    private static string? Symbol(string currency) => currency switch
    {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        "JPY" => "¥",
        "INR" => "₹",
        _ => null,
    };

    private static string Format(char kind, int digits) => string.Create(CultureInfo.InvariantCulture, $"{kind}{digits}");

    private static decimal Magnitude(long amount) => Math.Abs((decimal)amount);

    private static decimal Power(int digits) => digits switch { 0 => 1m, 2 => 100m, 3 => 1_000m, _ => 10_000m };
}
