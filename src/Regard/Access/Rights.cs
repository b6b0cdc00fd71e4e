namespace Regard.Access;

/// <summary>Which role has which rights: one table, nothing computed elsewhere.</summary>
public static class Rights
{
    private static readonly HashSet<Right> Agent =
    [
        Right.CustomersRead, Right.CustomersWrite, Right.PreferencesWrite, Right.ContactsWrite, Right.ProductsRead, Right.OrdersWrite,
        Right.ChangesRead, Right.CampaignsRead, Right.TasksWork, Right.CasesWork, Right.InsightRead,
    ];

    private static readonly HashSet<Right> Lead = [.. Agent, Right.CustomersMerge, Right.QuarantineWork, Right.TasksAssign];

    private static readonly HashSet<Right> Manager =
    [
        .. Lead, Right.CustomersExport, Right.ProductsWrite, Right.ChangesWrite, Right.CampaignsWrite, Right.InsightRun, Right.ImportsRun, Right.SettingsRead, Right.AuditRead,
    ];

    private static readonly HashSet<Right> Administrator = [.. Manager, Right.CustomersErase, Right.SettingsWrite, Right.WebhooksManage];

    private static readonly HashSet<Right> Auditor =
        [Right.CustomersRead, Right.ProductsRead, Right.ChangesRead, Right.CampaignsRead, Right.InsightRead, Right.SettingsRead, Right.AuditRead];

    /// <summary>The rights of a role. Events are written by API keys only: no role has that right.</summary>
    public static IReadOnlySet<Right> Of(Role role) => role switch
    {
        Role.Agent => Agent,
        Role.Lead => Lead,
        Role.Manager => Manager,
        Role.Administrator => Administrator,
        Role.Auditor => Auditor,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
