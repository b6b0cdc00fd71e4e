using System.Globalization;

namespace Regard.Layout;

/// <summary>Writes amounts of money for people and for machines.</summary>
internal static class MoneyText
{
    /// <summary>As people write it: "€1,234.50", "−£3.00", "¥500", "1,234.500 KWD"; in German and Spanish "1.234,50 €". The minus is the typographic one.</summary>
    public static string For(Money money, bool signed = false, HouseLanguage language = HouseLanguage.English)
    {
        var number = Write(Math.Abs(money.Major), 'N', money.Currency, language);
        var sign = money.Minor < 0 ? "−" : signed && money.Minor > 0 ? "+" : "";
        if (language != HouseLanguage.English) return $"{sign}{number}\u00a0{Unit(money.Currency)}";
        return Symbol(money.Currency) is { } symbol ? sign + symbol + number : $"{sign}{number}\u00a0{money.Currency}";
    }

    /// <summary>As machines read it: "-1234.50".</summary>
    public static string Plain(Money money) => Write(money.Major, 'F', money.Currency, HouseLanguage.English);

    /// <summary>What stands for a currency beside a number: "€", or its code.</summary>
    public static string Unit(string currency) => Symbol(currency) ?? currency;

    private static string Write(decimal amount, char format, string currency, HouseLanguage language) =>
        amount.ToString(string.Create(CultureInfo.InvariantCulture, $"{format}{Money.Decimals(currency)}"), language.Culture());

    private static string? Symbol(string currency) => currency switch
    {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        "JPY" => "¥",
        "INR" => "₹",
        _ => null,
    };
}
