namespace Regard.Access;

/// <summary>A thing that somebody may do. The written form (<c>customers_read</c>) is also the scope of an API key.</summary>
public enum Right
{
    /// <summary>See customers, their timeline, orders, preferences and decisions.</summary>
    CustomersRead,

    /// <summary>Record customers, identities, facts and touchpoints.</summary>
    CustomersWrite,

    /// <summary>Merge two profiles, and undo it.</summary>
    CustomersMerge,

    /// <summary>Take lists of customers out of the system.</summary>
    CustomersExport,

    /// <summary>Hand out all that is kept about one customer, and erase it at their wish.</summary>
    CustomersErase,

    /// <summary>Record what a customer said about being contacted.</summary>
    PreferencesWrite,

    /// <summary>Ask the gate, and hand it contacts.</summary>
    ContactsWrite,

    /// <summary>See the catalogue.</summary>
    ProductsRead,

    /// <summary>Change the catalogue and its prices.</summary>
    ProductsWrite,

    /// <summary>Record orders, returns and fees.</summary>
    OrdersWrite,

    /// <summary>See changes, their impact and plans.</summary>
    ChangesRead,

    /// <summary>Register changes, make and start plans.</summary>
    ChangesWrite,

    /// <summary>See campaigns and what became of them.</summary>
    CampaignsRead,

    /// <summary>Write, start and stop campaigns. No campaign gets past a customer's wish.</summary>
    CampaignsWrite,

    /// <summary>See and do tasks.</summary>
    TasksWork,

    /// <summary>Give tasks to other people, and see the whole team's.</summary>
    TasksAssign,

    /// <summary>Open, answer and resolve cases.</summary>
    CasesWork,

    /// <summary>See what was found about returns and about service.</summary>
    InsightRead,

    /// <summary>Have something about all customers computed now, and stop it.</summary>
    InsightRun,

    /// <summary>Send events to the ingestion API.</summary>
    EventsWrite,

    /// <summary>Hand over mails that came in.</summary>
    MailsWrite,

    /// <summary>See the quarantine of events, replay and discard them.</summary>
    QuarantineWork,

    /// <summary>Import files, see past imports.</summary>
    ImportsRun,

    /// <summary>See staff, keys, settings.</summary>
    SettingsRead,

    /// <summary>Change staff, keys, settings.</summary>
    SettingsWrite,

    /// <summary>Add and change webhook endpoints: which systems are told what happens.</summary>
    WebhooksManage,

    /// <summary>See the audit trail.</summary>
    AuditRead,
}
