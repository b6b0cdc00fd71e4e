using System.Collections.Frozen;

namespace Regard.Access;

/// <summary>Who is doing something: a member of staff, a customer in the portal, another system with a key, or Regard itself.</summary>
public sealed record Actor
{
    private Actor(ActorKind kind, Guid? id, string name, Role? role, IEnumerable<Right> rights)
    {
        Kind = kind;
        Id = id;
        Name = name;
        Role = role;
        Granted = rights.ToFrozenSet();
    }

    /// <summary>Regard's own jobs and the command line, run by whoever has the machine.</summary>
    public static Actor System(string name) => new(ActorKind.System, null, name, null, Enum.GetValues<Right>());

    /// <summary>A member of staff who signed in.</summary>
    public static Actor Staff(Guid id, string name, Role role) => new(ActorKind.Staff, id, name, role, Rights.Of(role));

    /// <summary>A customer who signed in to the portal: no rights, but everything of their own.</summary>
    public static Actor Customer(Guid id, string name) => new(ActorKind.Customer, id, name, null, []);

    /// <summary>Another system with an API key, which can do what the key's scopes say.</summary>
    public static Actor Key(Guid id, string name, IEnumerable<Right> scopes) => new(ActorKind.Key, id, name, null, scopes);

    /// <summary>Of what kind this actor is.</summary>
    public ActorKind Kind { get; }

    /// <summary>The staff, customer or key id; null for Regard itself.</summary>
    public Guid? Id { get; }

    /// <summary>How pages show this actor to staff. Personal data: never logged.</summary>
    public string Name { get; }

    /// <summary>The role of a member of staff; null for all others.</summary>
    public Role? Role { get; }

    /// <summary>What this actor may do with any customer's records.</summary>
    public IReadOnlySet<Right> Granted { get; }

    /// <summary>The form kept in records: <c>staff:…</c>, <c>customer:…</c>, <c>key:…</c> or <c>system:name</c>. Holds no personal data.</summary>
    public string Reference => Id is { } id ? $"{Words.Of(Kind)}:{id}" : $"system:{Name}";

    /// <summary>Whether this actor has a right over everybody's records.</summary>
    public bool May(Right right) => Granted.Contains(right);

    /// <summary>Whether this actor may see or change this customer's own records: with the right, or because they are their own.</summary>
    public bool May(Right right, Guid customerId) => May(right) || (Kind == ActorKind.Customer && Id == customerId);
}

/// <summary>The kinds of actor.</summary>
public enum ActorKind
{
    /// <summary>Regard itself.</summary>
    System,

    /// <summary>A member of staff.</summary>
    Staff,

    /// <summary>A customer in the portal.</summary>
    Customer,

    /// <summary>Another system with an API key.</summary>
    Key,
}
