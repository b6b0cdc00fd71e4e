using Regard.Access;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>The people through whom accounts are reached. Each is a customer with wishes of their own.</summary>
internal sealed class AccountStore(UnitOfWork work)
{
    /// <summary>Makes a person a member of an account, or changes their part in it. Answers false when one of them does not exist or is of the wrong kind.</summary>
    public async Task<bool> PutAsync(Guid accountId, AccountMember member, Actor by, Instant now)
    {
        var customers = new CustomerStore(work);
        if (await customers.CurrentAsync(accountId) is not { } account || await customers.CurrentAsync(member.PersonId) is not { } person) return false;
        if (await KindAsync(account) != CustomerKind.Account || await KindAsync(person) != CustomerKind.Person) return false;
        if (member.IsPrimary) await work.ExecuteAsync("update account_member set is_primary = @no where customer_id = @account", new { account, no = false });
        await work.ExecuteAsync(
            """
            insert into account_member (customer_id, person_id, role, is_primary, recorded_at, recorded_by) values (@account, @person, @Role, @IsPrimary, @now, @by)
            on conflict (customer_id, person_id) do update set role = excluded.role, is_primary = excluded.is_primary
            """,
            new { account, person, member.Role, member.IsPrimary, now, by = by.Reference });
        return true;
    }

    /// <summary>Ends a membership. Answers false when there was none.</summary>
    public async Task<bool> RemoveAsync(Guid accountId, Guid personId) =>
        await work.ExecuteAsync("delete from account_member where customer_id = @accountId and person_id = @personId", new { accountId, personId }) == 1;

    private async Task<CustomerKind> KindAsync(Guid id) =>
        Words.Must<CustomerKind>((await work.ScalarAsync<string>("select kind from customer where customer_id = @id", new { id }))!);
}
