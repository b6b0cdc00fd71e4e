using Regard.Access;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>What matters to customers, each with who said so. A fact is never changed: it is retracted, and another one takes its place.</summary>
internal sealed class FactStore(UnitOfWork work)
{
    /// <summary>Writes a fact down and answers its id. The customer must be a living profile.</summary>
    public async Task<Guid> AddAsync(Guid customerId, CustomerFact fact, Actor by, Instant now)
    {
        var id = Ids.New(now);
        await work.ExecuteAsync(
            """
            insert into customer_fact (customer_id, fact_id, topic, content, basis, said_by, said_at, recorded_by, recorded_at)
            values (@customerId, @id, @Topic, @Content, @basis, @SaidBy, @SaidAt, @by, @now)
            """,
            new { customerId, id, fact.Topic, fact.Content, basis = Words.Of(fact.Basis), fact.SaidBy, fact.SaidAt, by = by.Reference, now });
        return id;
    }

    /// <summary>All facts of a customer, newest first; those that no longer hold are among them.</summary>
    public async Task<IReadOnlyList<CustomerFact>> AllAsync(Guid customerId) => await work.ListAsync<CustomerFact>(
        "select * from customer_fact where customer_id = @customerId order by fact_id desc", new { customerId });

    /// <summary>A fact holds no more. False = it did not hold any more before, or is none of this customer's.</summary>
    public async Task<bool> RetractAsync(Guid customerId, Guid factId, Actor by, Instant now) => await work.ExecuteAsync(
        "update customer_fact set retracted_at = @now, retracted_by = @by where customer_id = @customerId and fact_id = @factId and retracted_at is null",
        new { customerId, factId, now, by = by.Reference }) == 1;
}
