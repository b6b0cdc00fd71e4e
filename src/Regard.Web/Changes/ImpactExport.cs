namespace Regard.Changes;

/// <summary>One customer's impact as the API and the export write it; amounts in minor units.</summary>
/// <param name="PersonalChannel">How the customer is told in person; null = they are not.</param>
internal sealed record ImpactExport(
    Guid CustomerId, string Name, string Currency, long ExpectedLossMinor, double ChanceOfLeaving, long ExtraCostMinor, long AffectedSpendMinor, long SpendMinor,
    double ShareOfSpend, double RelativeRise, int MonthsBought, int MonthsKnown, Replacement Replacement, int OpenProblems, bool IsSilent, string RuleVersion, string? PersonalChannel, string? PersonalVerdict,
    string? PersonalReason, string? NoticeChannel, string? NoticeVerdict, string? NoticeReason)
{
    public static ImpactExport Of(ImpactRow row)
    {
        var parts = row.Read().Components;
        return new(
            row.CustomerId, row.Name, row.Currency, row.ExpectedLossMinor, row.ChanceOfLeaving, row.ExtraCostMinor, row.AffectedSpendMinor, row.SpendMinor, parts.ShareOfSpend, parts.RelativeRise,
            parts.MonthsBought, parts.MonthsKnown, parts.Replacement, parts.OpenProblems, parts.IsSilent, parts.RuleVersion, row.Channel ?? row.WantedChannel, row.Verdict, row.Reason, row.NoticeChannel, row.NoticeVerdict, row.NoticeReason);
    }
}
