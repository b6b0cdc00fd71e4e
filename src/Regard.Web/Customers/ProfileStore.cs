using Regard.Contact;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>The rows that make up a profile.</summary>
internal sealed class ProfileStore(UnitOfWork work)
{
    /// <summary>The profile that an id leads to now, through merges; null = there is none, or it was erased.</summary>
    public async Task<CustomerProfile?> LivingAsync(Guid id) =>
        await new CustomerStore(work).CurrentAsync(id) is { } current && await ReadAsync(current) is { ErasedAt: null } living ? living : null;

    /// <summary>A living profile in one round trip (and one more for the names of an account's people); null = there is none.</summary>
    public async Task<CustomerProfile?> ReadAsync(Guid id)
    {
        using var rows = await work.ManyAsync(
            """
            select * from customer where customer_id = @id;
            select * from identity where customer_id = @id order by recorded_at, identity_id;
            select * from customer_fact where customer_id = @id and retracted_at is null order by fact_id desc;
            select touchpoints, last_at as last_touchpoint_at from timeline_rollup where customer_id = @id;
            select customer_id as account_id, person_id, role, is_primary from account_member where customer_id = @id or person_id = @id order by is_primary desc, recorded_at;
            """,
            new { id });
        var profile = await rows.ReadFirstOrDefaultAsync<CustomerProfile>();
        if (profile is null) return null;
        profile = profile with { Identities = [.. await rows.ReadAsync<Identity>()], Facts = [.. await rows.ReadAsync<CustomerFact>()] };
        if (await rows.ReadFirstOrDefaultAsync<CustomerProfile>() is { } timeline)
            profile = profile with { Touchpoints = timeline.Touchpoints, LastTouchpointAt = timeline.LastTouchpointAt };
        var members = (await rows.ReadAsync<AccountMember>()).ToList();
        return members.Count == 0 ? profile : profile with { Members = await NamedAsync(id, members) };
    }

    public Task<int> InsertAsync(Guid id, CustomerDraft draft, Instant now)
    {
        AudienceMemberStore.Follow(work, id);
        var known = draft.FillIn(new CustomerProfile { Name = draft.ListName });
        return work.ExecuteAsync(
            """
            insert into customer (customer_id, kind, name, address_as, given_name, family_name, language, time_zone, country, source, created_at, updated_at, version)
            values (@id, @kind, @Name, @AddressAs, @GivenName, @FamilyName, @Language, @TimeZone, @Country, @Source, @now, @now, 1)
            """,
            new { id, kind = Words.Of(draft.Kind), known.Name, known.AddressAs, known.GivenName, known.FamilyName, known.Language, known.TimeZone, known.Country, draft.Source, now });
    }

    /// <summary>Fills in what was not known. Answers whether anything was.</summary>
    public async Task<bool> FillInAsync(Guid id, CustomerDraft draft, Instant now)
    {
        var known = await BareAsync(id);
        return known is not null && draft.FillIn(known) is var filled && filled != known && await UpdateAsync(filled, now);
    }

    /// <summary>The language in which a customer wants to be spoken to is theirs wherever their language is asked for.</summary>
    public Task<int> SpeakAsync(Guid id, string language, Instant now)
    {
        AudienceMemberStore.Follow(work, id);
        return work.ExecuteAsync(
            "update customer set language = @language, updated_at = @now, version = version + 1 where customer_id = @id and erased_at is null and coalesce(language, '') <> @language",
            new { id, language, now });
    }

    /// <summary>Writes a profile's own columns when it still has the version that was read. Answers false when somebody was quicker.</summary>
    public async Task<bool> UpdateAsync(CustomerProfile profile, Instant now)
    {
        AudienceMemberStore.Follow(work, profile.CustomerId);
        return await work.ExecuteAsync(
            """
            update customer set kind = @kind, name = @Name, address_as = @AddressAs, given_name = @GivenName, family_name = @FamilyName,
              language = @Language, time_zone = @TimeZone, country = @Country, updated_at = @now, version = version + 1
            where customer_id = @CustomerId and version = @Version
            """,
            new
            {
                profile.CustomerId,
                profile.Version,
                kind = Words.Of(profile.Kind),
                profile.Name,
                profile.AddressAs,
                profile.GivenName,
                profile.FamilyName,
                profile.Language,
                profile.TimeZone,
                profile.Country,
                now,
            }) == 1;
    }

    /// <summary>A profile's own columns and identities, locked against other changes until the transaction ends.</summary>
    public async Task<CustomerProfile?> BareAsync(Guid id)
    {
        // The key stays: a stronger lock than the update's own would meet those who keep the profile from being merged.
        var keep = work.Engine == Engine.Postgres && work.Transaction is not null ? " for no key update" : "";
        var profile = await work.FirstAsync<CustomerProfile>($"select * from customer where customer_id = @id{keep}", new { id });
        return profile is null ? null : profile with { Identities = await new IdentityStore(work).AllAsync(id) };
    }

    private async Task<IReadOnlyList<AccountMember>> NamedAsync(Guid id, IReadOnlyList<AccountMember> members)
    {
        var others = members.Select(m => m.AccountId == id ? m.PersonId : m.AccountId);
        var names = (await work.ListAsync<CustomerProfile>(
            $"select customer_id, name from customer where {work.InIds("customer_id", "@others")}", new { others = new IdList(others) })).ToDictionary(c => c.CustomerId, c => c.Name);
        return [.. members.Select(m => m with { Name = names.GetValueOrDefault(m.AccountId == id ? m.PersonId : m.AccountId, "") })];
    }
}
