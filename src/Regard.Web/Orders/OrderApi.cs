using Regard.Access;
using Regard.Api;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Orders;

/// <summary>Who bought, as another system tells it: an id of ours, or what the customer is recognised by.</summary>
internal sealed record ToldCustomer
{
    public Guid? Id { get; init; }
    public string? ExternalId { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Name { get; init; }
    public string? Country { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }

    /// <summary>The customer that is meant, made when nobody is known by this; null when the id is nobody's.</summary>
    public async Task<Guid?> FindAsync(UnitOfWork work, string source, Actor by, Instant now)
    {
        if (Id is { } id) return await new CustomerStore(work).CurrentAsync(id);
        var identities = new List<IdentityDraft>();
        if (!string.IsNullOrWhiteSpace(ExternalId)) identities.Add(IdentityDraft.External(source, ExternalId));
        if (!string.IsNullOrWhiteSpace(Email)) identities.Add(IdentityDraft.Email(Email));
        if (!string.IsNullOrWhiteSpace(Phone)) identities.Add(IdentityDraft.Phone(Phone));
        var draft = new CustomerDraft { Source = source, Name = Name, Country = Country, Language = Language, TimeZone = TimeZone, Identities = identities };
        return (await new CustomerStore(work).RecordAsync(draft, by, now)).Id;
    }
}

/// <summary>A line as another system tells it; the product is made when its sku is not known.</summary>
internal sealed record ToldLine(string? Sku, string? Name, long Quantity, long AmountMinor, string? Batch);

/// <summary>A fee as another system tells it.</summary>
internal sealed record ToldFee(FeeKind Kind, long AmountMinor, string? Description);

/// <summary>An order or a return as another system tells it.</summary>
internal sealed record ToldSale
{
    public string? Source { get; init; }
    public string? Number { get; init; }
    public Instant? At { get; init; }
    public string? Currency { get; init; }
    public ToldCustomer? Customer { get; init; }
    public IReadOnlyList<ToldLine>? Lines { get; init; }
    public IReadOnlyList<ToldFee>? Fees { get; init; }

    /// <summary>Of an order: where it was bought.</summary>
    public string? Channel { get; init; }

    /// <summary>Of an order: who brings it.</summary>
    public string? Carrier { get; init; }

    /// <summary>Of a return: why.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a return: the order that it is about.</summary>
    public string? OrderNumber { get; init; }

    public Faults Check()
    {
        var faults = new Faults();
        faults.When(string.IsNullOrWhiteSpace(Source) || Source.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')), "/source", "is required: letters, digits and hyphens");
        faults.When(string.IsNullOrWhiteSpace(Number) || Number.Length > 200, "/number", "is required, at most 200 letters");
        faults.When(At is null, "/at", "is required");
        faults.When(Currency is not { Length: 3 } || !Currency.All(char.IsAsciiLetterUpper), "/currency", "is required: an ISO 4217 code in capitals");
        faults.When(Customer is null || (Customer.Id is null && Customer.ExternalId is null && Customer.Email is null && Customer.Phone is null), "/customer", "needs an id, external_id, email or phone");
        faults.When(Carrier?.Length > 100, "/carrier", "has more than 100 letters");
        faults.When((Lines?.Count ?? 0) + (Fees?.Count ?? 0) is 0 or > 10_000, "/lines", "need one line or fee, and are at most 10,000");
        for (var i = 0; i < Lines?.Count; i++)
        {
            faults.When(string.IsNullOrWhiteSpace(Lines[i].Sku), $"/lines/{i}/sku", "is required");
            faults.When(Lines[i].Quantity is < 1 or > 1_000_000_000, $"/lines/{i}/quantity", "is at least 1");
            faults.When(Lines[i].AmountMinor is < 0 or > 1_000_000_000_000_000, $"/lines/{i}/amount_minor", "is not negative");
        }
        return faults;
    }

    public SalesDocument Document(Guid customerId, bool isReturn, IReadOnlyList<OrderLine> lines)
    {
        var fees = (Fees ?? []).Select((fee, i) => new FeeRecord(lines.Count + i + 1, fee.Kind, fee.AmountMinor, fee.Description ?? Words.Of(fee.Kind))).ToList();
        return isReturn
            ? new ReturnRecord { CustomerId = customerId, Source = Source!, Number = Number!, At = At!.Value, Currency = Currency!, Reason = Reason, OrderNumber = OrderNumber, Lines = lines, Fees = fees }
            : new OrderRecord { CustomerId = customerId, Source = Source!, Number = Number!, At = At!.Value, Currency = Currency!, Channel = Channel, Carrier = string.IsNullOrWhiteSpace(Carrier) ? null : Carrier.Trim(), Lines = lines, Fees = fees };
    }
}

/// <summary>What recording came to.</summary>
internal sealed record SaleAnswer(Guid CustomerId, string Source, string Number, RecordOutcome Outcome);
