using Microsoft.AspNetCore.Http.HttpResults;
using Regard.Layout;

namespace Regard.Access;

/// <summary>One page of the settings.</summary>
/// <param name="Right">Who sees it.</param>
public sealed record SettingsArea(string Path, string Title, string Text, string Icon, Right Right);

/// <summary>The settings' first page: one tile for each area that the viewer may open.</summary>
internal static class SettingsEndpoints
{
    /// <summary>An area is added here together with its page, never before.</summary>
    public static readonly IReadOnlyList<SettingsArea> Areas =
    [
        new("/settings/staff", "Staff", "Who works here, and as what.", Icons.Customers, Right.SettingsRead),
        new("/settings/keys", "API keys", "Which systems may read and write what.", Icons.Key, Right.SettingsRead),
        new("/settings/webhooks", "Webhooks", "Which systems are told what happens, and whether it arrives.", Icons.Link, Right.WebhooksManage),
        new("/settings/contact", "Contact", "How many customers were asked and answered, and what holds for those who said nothing.", Icons.Heart, Right.SettingsRead),
        new("/settings/insight", "Insight", "What is no difference in service, and what a return costs.", Icons.Insight, Right.SettingsRead),
        new("/settings/imports", "Imports", "Orders, customers and products from files, and what became of every line.", Icons.Import, Right.ImportsRun),
        new("/settings/mail", "Mails of strangers", "Mails that came in from nobody we know.", Icons.Email, Right.CasesWork),
        new("/letters", "Letters", "Letters on paper: what is due, and the batches that were printed.", Icons.Letter, Right.ContactsWrite),
        new("/settings/texts", "Texts of strangers", "Text messages from numbers that nobody has here.", Icons.Sms, Right.CasesWork),
        new("/settings/quarantine", "Quarantine", "Events from other systems that became no facts.", Icons.Quarantine, Right.QuarantineWork),
        new("/settings/audit", "Audit trail", "Who changed what about access and settings.", Icons.History, Right.AuditRead),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/settings", Show).ForStaff(null);

    // Whoever may open none of them has no settings.
    private static IResult Show(HttpContext http) =>
        Areas.Where(area => http.Actor().May(area.Right)).ToList() is { Count: > 0 } areas ? new RazorComponentResult<SettingsPage>(new { Areas = areas }) : Faces.Missing();
}
