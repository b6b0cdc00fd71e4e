using System.Globalization;

namespace Regard.Layout;

/// <summary>Writes amounts of money for people and for machines.</summary>
internal static class MoneyText
{
    /// <summary>As people write it: "€1,234.50", "−£3.00", "¥500", "1,234.500 KWD". The minus is the typographic one.</summary>
    public static string For(Money money, bool signed = false)
    {
        var number = Write(Math.Abs(money.Major), 'N', money.Currency);
        var sign = money.Minor < 0 ? "−" : signed && money.Minor > 0 ? "+" : "";
        return Symbol(money.Currency) is { } symbol ? sign + symbol + number : $"{sign}{number}\u00a0{money.Currency}";
    }

    /// <summary>As machines read it: "-1234.50".</summary>
    public static string Plain(Money money) => Write(money.Major, 'F', money.Currency);

    /// <summary>What stands for a currency beside a number: "€", or its code.</summary>
    public static string Unit(string currency) => Symbol(currency) ?? currency;

    private static string Write(decimal amount, char format, string currency) =>
        amount.ToString(string.Create(CultureInfo.InvariantCulture, $"{format}{Money.Decimals(currency)}"), CultureInfo.InvariantCulture);

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
