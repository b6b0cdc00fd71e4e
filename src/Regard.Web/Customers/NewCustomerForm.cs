namespace Regard.Customers;

/// <summary>What staff type to record a customer by hand, kept as typed.</summary>
public sealed record NewCustomerForm
{
    public string? Kind { get; init; }
    public string? Name { get; init; }
    public string? AddressAs { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }
    public string? Country { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Card { get; init; }

    /// <summary>What is wrong, by the field's name; empty = nothing.</summary>
    public IReadOnlyDictionary<string, string> Faults()
    {
        var faults = ProfileFaults.Of(Name, Language, TimeZone, Country);
        Check(IdentityKind.Email, nameof(Email), Email, "This is no e-mail address. It looks like name@shop.example.");
        Check(IdentityKind.Phone, nameof(Phone), Phone, "This is no telephone number. Write it with its country, as +43 664 1234567, or give the country above.");
        Check(IdentityKind.Card, nameof(Card), Card, "A card's code has only letters and digits, three at least.");
        return faults;

        void Check(IdentityKind kind, string field, string? value, string fault)
        {
            if (!string.IsNullOrWhiteSpace(value) && IdentityForm.Normal(kind, value, Country) is null) faults[field] = fault;
        }
    }

    public CustomerDraft Draft() => new()
    {
        Kind = Words.Read<CustomerKind>(Kind) ?? CustomerKind.Person,
        Name = Name,
        AddressAs = AddressAs,
        Language = Language,
        TimeZone = TimeZone,
        Country = Country?.Trim().ToUpperInvariant(),
        Source = "staff",
        Identities = [.. Given()],
    };

    private IEnumerable<IdentityDraft> Given()
    {
        if (!string.IsNullOrWhiteSpace(Email)) yield return IdentityDraft.Email(Email);
        if (!string.IsNullOrWhiteSpace(Phone)) yield return IdentityDraft.Phone(Phone);
        if (!string.IsNullOrWhiteSpace(Card)) yield return IdentityDraft.Card(Card);
    }
}
