using System.Text;

namespace Regard.Insight;

/// <summary>What a number in a sentence counts, and so how it is written.</summary>
public enum FigureKind
{
    /// <summary>Of something, without decimals.</summary>
    Count,

    /// <summary>With one decimal.</summary>
    Amount,

    /// <summary>A share from 0 to 1, written in per cent; below a thousandth "less than 0.1 %".</summary>
    Percent,

    /// <summary>With three significant digits.</summary>
    Number,
}

/// <summary>A number in a sentence.</summary>
/// <param name="Name">Its place: <c>{name}</c>.</param>
/// <param name="Value">Unrounded.</param>
/// <param name="Kind">How it is written.</param>
public readonly record struct Figure(string Name, double Value, FigureKind Kind);

/// <summary>
/// A finding in words for a shopkeeper, with the numbers apart: a page can write them in its own way, link each to its rows, or translate
/// the words.
/// </summary>
/// <param name="Words">With the name of each figure in braces where it belongs.</param>
/// <param name="Figures">Each with a name of its own.</param>
public sealed record Sentence(string Words, params IReadOnlyList<Figure> Figures)
{
    /// <summary>The sentence with its numbers. Never throws for a number: what is not finite is written as an infinity or NaN.</summary>
    public string Text(IFormatProvider culture)
    {
        var text = new StringBuilder(Words);
        foreach (var figure in Figures) text.Replace($"{{{figure.Name}}}", Write(figure, culture));
        return text.ToString();
    }

    private static string Write(Figure figure, IFormatProvider culture) => figure.Kind switch
    {
        FigureKind.Count => figure.Value.ToString("#,0", culture),
        FigureKind.Amount => figure.Value.ToString("#,0.0", culture),
        FigureKind.Percent when figure.Value is >= 0 and < 0.001 => "less than " + 0.001.ToString("0.0 %", culture),
        FigureKind.Percent when figure.Value is > 0 and < 0.01 => figure.Value.ToString("0.0 %", culture),
        FigureKind.Percent => figure.Value.ToString("0 %", culture),
        _ => figure.Value.ToString("G3", culture),
    };
}
