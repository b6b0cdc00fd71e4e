namespace Regard.Customers;

/// <summary>A postal address as staff type it.</summary>
public sealed record PostalForm
{
    public string? Recipient { get; init; }
    public string? Street { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }
    public string? Region { get; init; }
    public string? Country { get; init; }

    /// <summary>The address in its normal form; null = it lacks something.</summary>
    public PostalAddress? Read(string source) => new PostalAddress
    {
        Recipient = Recipient,
        Street = Street ?? "",
        PostalCode = PostalCode,
        City = City ?? "",
        Region = Region,
        Country = Country ?? "",
        Source = source,
    }.Normal();
}
