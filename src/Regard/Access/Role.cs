namespace Regard.Access;

/// <summary>What a member of staff is in the company. A role gives rights and nothing else; no role gives a way past a customer's wish.</summary>
public enum Role
{
    /// <summary>Serves customers: reads and records, does tasks.</summary>
    Agent,

    /// <summary>An agent who also assigns work.</summary>
    Lead,

    /// <summary>Decides about changes, plans, imports and exports.</summary>
    Manager,

    /// <summary>Manages staff, keys and settings.</summary>
    Administrator,

    /// <summary>Reads everything, changes nothing.</summary>
    Auditor,
}
