namespace Regard.Insight;

/// <summary>A leaver in a file: without what only a page shows.</summary>
internal sealed record LeavingLine
{
    public LeavingLine(LeavingRow row) => Row = row;

    internal LeavingRow Row { get; }
    public Guid CustomerId => Row.CustomerId;
    public string Name => Row.Name;
    public string Currency => Row.Currency;
    public long YearMinor => Row.YearMinor;
    public int Purchases => Row.Purchases;
    public double UsualGapDays => Math.Round(Row.UsualGap, 1);
    public int SilentDays => Row.SilentDays;
    public Instant LastAt => Row.LastAt;
    public Instant UnusualSince => Row.UnusualAt;
    public double ChanceOfSilence => Row.ChanceOfSilence;
    public double ChanceAlive => Row.ChanceAlive;
    public string Before => string.Join("; ", Row.Before.Select(trouble => $"{trouble.At.InUtc().Date.ToString("uuuu-MM-dd", null)} {Words.Of(trouble.Kind)}: {trouble.What}"));
    public Instant? CaredAt => Row.CaredAt;
    public string? CareVerdict => Row.CareVerdict;
}
