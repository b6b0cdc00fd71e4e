namespace Regard.Access;

/// <summary>What a key can be allowed, in words for the person who makes it.</summary>
/// <param name="Right">The right that the scope gives.</param>
/// <param name="Meaning">What a system can do with it.</param>
internal sealed record KeyScope(Right Right, string Meaning);

/// <summary>The scopes that keys can have. Merging, settings, quarantine and the audit trail are for people only.</summary>
internal static class KeyScopes
{
    public static readonly IReadOnlyList<KeyScope> All =
    [
        new(Right.EventsWrite, "Send events, as a Segment source does"),
        new(Right.CustomersRead, "Read customers, their timeline, orders and preferences"),
        new(Right.CustomersWrite, "Record customers, identities, facts and touchpoints"),
        new(Right.CustomersExport, "Take lists of customers out"),
        new(Right.PreferencesWrite, "Record what a customer said about being contacted"),
        new(Right.ContactsWrite, "Ask whether a contact is allowed, and hand it over"),
        new(Right.ProductsRead, "Read the catalogue"),
        new(Right.ProductsWrite, "Change the catalogue and its prices"),
        new(Right.OrdersWrite, "Record orders, returns and fees"),
        new(Right.ChangesRead, "Read changes, their impact and plans"),
        new(Right.ChangesWrite, "Register changes, make and start plans"),
        new(Right.TasksWork, "Read tasks, and record what came of them"),
        new(Right.CasesWork, "Open, answer, hand over and resolve cases"),
        new(Right.InsightRead, "Read what was found about returns and service"),
        new(Right.MailsWrite, "Hand over mails that came in"),
        new(Right.WebhooksManage, "Say which systems are told what happens"),
        new(Right.ImportsRun, "Upload files to import"),
    ];

    /// <summary>The rights of chosen words; null when one is no scope of a key, or none was chosen.</summary>
    public static IReadOnlyList<Right>? Read(IEnumerable<string>? words)
    {
        var rights = (words ?? []).Select(Words.Read<Right>).Distinct().ToList();
        return rights.Count > 0 && rights.All(right => All.Any(scope => scope.Right == right)) ? [.. rights.OfType<Right>()] : null;
    }
}
