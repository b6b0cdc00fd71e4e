namespace Regard.Customers;

/// <summary>What becomes of a table's rows when their customer is merged into another.</summary>
internal enum MergeFate
{
    /// <summary>They move to the survivor and remember whose they were.</summary>
    Moves,

    /// <summary>They are sums: counted anew for the survivor, none are kept for the absorbed profile.</summary>
    IsRecounted,

    /// <summary>They are conclusions from the others, drawn anew at the next occasion: none are kept for either.</summary>
    IsForgotten,

    /// <summary>They stay with the profile they are about, and are reached through it.</summary>
    Stays,
}

/// <summary>A table with a customer's rows, and how a merge treats it. A table that is missing here fails a test.</summary>
/// <param name="Name">The table.</param>
/// <param name="Fate">What a merge does.</param>
/// <param name="Key">The columns of its primary key after customer_id.</param>
/// <param name="Parent">The table whose rows these belong to and move with; null = they stand alone.</param>
/// <param name="ParentKey">The column that names the parent's row; the parent's own key has the same name.</param>
internal sealed record CustomerTable(string Name, MergeFate Fate, string Key = "", string? Parent = null, string? ParentKey = null)
{
    /// <summary>Every table of customers' rows, parents before what belongs to them.</summary>
    public static readonly IReadOnlyList<CustomerTable> All =
    [
        new("customer", MergeFate.Stays),
        new("customer_merge", MergeFate.Stays),
        new("contact_state", MergeFate.Stays),
        new("portal_link", MergeFate.Stays),
        new("portal_session", MergeFate.Stays),
        new("address_contact", MergeFate.Stays),
        new("webhook_delivery", MergeFate.Stays),
        new("audience_member", MergeFate.IsRecounted),
        new("identity_lookup", MergeFate.Stays),
        new("order_lookup", MergeFate.Stays),
        new("customer_fact", MergeFate.Moves, "fact_id"),
        new("identity", MergeFate.Moves, "identity_id"),
        new("postal_address", MergeFate.Moves, "address_id"),
        new("account_member", MergeFate.Moves, "person_id"),
        new("customer_term", MergeFate.Moves, "term"),
        new("touchpoint", MergeFate.Moves, "touchpoint_id"),
        new("sales_order", MergeFate.Moves, "order_id"),
        new("order_line", MergeFate.Moves, "order_id, line_no", "sales_order", "order_id"),
        new("order_return", MergeFate.Moves, "return_id"),
        new("order_fee", MergeFate.Moves, "fee_id"),
        new("preference_statement", MergeFate.Moves, "statement_id"),
        new("asking", MergeFate.Moves, "asking_id"),
        new("contact_decision", MergeFate.Moves, "decision_id"),
        new("outbox", MergeFate.Moves, "outbox_id", "contact_decision", "decision_id"),
        new("care_task", MergeFate.Moves, "task_id", "contact_decision", "decision_id"),
        new("service_case", MergeFate.Moves, "case_id"),
        new("received_mail", MergeFate.Moves, "mail_id"),
        new("received_text", MergeFate.Moves, "text_id"),
        new("delivery_report", MergeFate.Moves, "report_id"),
        new("letter", MergeFate.Moves, "letter_id"),
        new("change_impact", MergeFate.Moves, "plan_id"),
        new("plan_step", MergeFate.Moves, "plan_id, step", "change_impact", "plan_id"),
        new("campaign_contact", MergeFate.Moves, "campaign_id"),
        new("leaving_care", MergeFate.Moves, "care_id"),
        new("timeline_rollup", MergeFate.IsRecounted),
        new("order_rollup", MergeFate.IsRecounted),
        new("order_month", MergeFate.IsRecounted),
        new("product_month", MergeFate.IsRecounted),
        new("loyalty_score", MergeFate.IsForgotten),
    ];

    /// <summary>The tables whose rows move, parents first.</summary>
    public static readonly IReadOnlyList<CustomerTable> Moving = [.. All.Where(table => table.Fate == MergeFate.Moves)];

    /// <summary>The tables of conclusions.</summary>
    public static readonly IReadOnlyList<CustomerTable> Forgotten = [.. All.Where(table => table.Fate == MergeFate.IsForgotten)];

    /// <summary>The tables whose rows belong to rows of this one.</summary>
    public IEnumerable<CustomerTable> Children => All.Where(table => table.Parent == Name);
}
