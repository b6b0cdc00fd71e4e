using System.Globalization;
using Regard.Changes;
using Spectre.Console;

namespace Regard.Commands;

/// <summary>A plan for people at a terminal: the most affected with every component, and what the plan comes to.</summary>
internal static class PlanTable
{
    public static void Print(PlanRow plan, IReadOnlyList<ImpactRow> rows, IReadOnlyList<PlanCount> counts)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = 220;
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{plan.Title}, from {plan.EffectiveOn:uuuu-MM-dd}")) };
        table.AddColumns("customer", "expected loss", "chance", "extra cost/year", "share of spend", "bought in", "replacement", "open", "silent", "told in person");
        foreach (var row in rows)
        {
            var parts = row.Read().Components;
            table.AddRow(
                Markup.Escape(row.Name), In(row.ExpectedLossMinor, row.Currency), Percent(row.ChanceOfLeaving), In(row.ExtraCostMinor, row.Currency), Percent(parts.ShareOfSpend),
                $"{parts.MonthsBought} of {parts.MonthsKnown} months", Words.Of(parts.Replacement).Replace('_', ' '), parts.OpenProblems.ToString(CultureInfo.InvariantCulture), parts.IsSilent ? "unusually" : "",
                Markup.Escape(row.Verdict is null ? "notice only" : $"{row.Channel ?? row.WantedChannel} ({row.Verdict})"));
        }
        console.Write(table);
        var sum = plan.Read();
        Terminal.Say($"{sum.Affected} customers affected (orders of the twelve months before {plan.AsOf:uuuu-MM-dd}), {sum.InOtherCurrencies} of them in other currencies.");
        Terminal.Say($"{In(sum.ExtraCostMinor, plan.Currency)} more a year for all of them; expected loss {In(sum.ExpectedLossMinor, plan.Currency)} a year ({plan.RuleVersion}).");
        Terminal.Say($"{sum.Calls} calls and {sum.Mails} personal mails in {sum.MinutesUsed} of {plan.StaffMinutes} minutes prevent {In(sum.PreventedMinor, plan.Currency)}; no choice could prevent more than {In(sum.UpperBoundMinor, plan.Currency)}.");
        foreach (var count in counts) Terminal.Say($"  {count.Step.Replace('_', ' ')}: {count.Steps} {count.Verdict}{(count.Channel is null ? "" : $" by {count.Channel}")}");
        Terminal.Say(plan.State == "draft" ? $"Nobody was told. Start it on the page /changes/{plan.ChangeId}/plans/{plan.PlanId}, or run this again with --start." : $"The plan is {plan.State}.");
    }

    private static string In(long minor, string currency) => new Money(minor, currency).ToString();

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);
}
