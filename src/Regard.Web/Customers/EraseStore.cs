using Regard.Contact;
using Regard.Orders;
using Regard.Storage;
using Regard.Webhooks;

namespace Regard.Customers;

/// <summary>
/// Erases a customer's personal data at their wish. Money facts stay (the law wants them, and sums must stay true), and so does what
/// they refused: whoever must forget a person must still not write to them. Whoever lives on in the profile is erased with it. By what
/// they were recognised is kept as keyed hashes, so that no file brings them back (docs/decisions/0012-erasing.md).
/// </summary>
internal sealed class EraseStore(UnitOfWork work)
{
    private const string Erased = "Erased";

    // One statement a table; each overwrites what somebody wrote or said, and leaves words of ours, ids, moments and money.
    private static readonly IReadOnlyList<string> Statements =
    [
        "update customer set name = 'Erased customer', address_as = null, given_name = null, family_name = null, language = null, time_zone = null, country = null, updated_at = @now, erased_at = @now, version = version + 1 where customer_id = @id",
        "delete from identity where customer_id = @id",
        "delete from address_contact where customer_id = @id",
        "delete from postal_address where customer_id = @id",
        "delete from letter where customer_id = @id",
        "delete from received_text where customer_id = @id",
        "delete from delivery_report where customer_id = @id",
        "delete from customer_fact where customer_id = @id",
        "delete from customer_term where customer_id = @id",
        "delete from account_member where customer_id = @id",
        "update touchpoint set summary = @Erased, body = null where customer_id = @id",
        "update order_return set reason = null where customer_id = @id",
        "update order_fee set description = kind where customer_id = @id",
        "update preference_statement set words = null where customer_id = @id",
        "update outbox set state = 'cancelled', finished_at = @now where customer_id = @id and state in ('queued', 'printed')",
        "update outbox set address = '', address_key = null, subject = @Erased, content = '', secret = null, explanation = null, provider_ref = null where customer_id = @id",
        "update care_task set state = 'cancelled', finished_at = @now where customer_id = @id and state = 'open'",
        "update care_task set title = @Erased, subject = null, content = null, address_key = null, outcome_note = null where customer_id = @id",
        "update service_case set subject = @Erased, description = @Erased, resolution = @Erased, resolved_at = coalesce(resolved_at, @now) where customer_id = @id",
        "delete from received_mail where customer_id = @id",
        "update plan_step set reason = @Erased where customer_id = @id",
        "update campaign_contact set reason = @Erased where customer_id = @id",
        "update leaving_care set reason = @Erased where customer_id = @id",
        "delete from loyalty_score where customer_id = @id",
        "update customer_merge set reason = @Erased where customer_id = @id",
        "delete from webhook_delivery where customer_id = @id and state <> 'waiting'",
        "delete from portal_link where customer_id = @id",
        "delete from portal_session where customer_id = @id",
    ];

    /// <summary>Erases a customer. Answers false when there is no such customer.</summary>
    public async Task<bool> EraseAsync(Guid customerId, Instant now)
    {
        if (await new CustomerStore(work).CurrentAsync(customerId) is not { } current) return false;
        foreach (var id in await new MergeStore(work).FamilyAsync(current))
        {
            work.Remember(JournalReplay.OfErasure(id, now));
            AudienceMemberStore.Follow(work, id);
            await work.ScalarAsync<Guid?>($"select customer_id from customer where customer_id = @id{work.ForUpdate}", new { id });
            var identities = await new IdentityStore(work).AllAsync(id);
            await new ErasedAddressStore(work).KeepAsync(identities, now);
            await ForgetAddressesAsync(id, identities);
            await ForgetEventsAsync(identities, now);
            await new LedgerStore(work).EraseWordsAsync(id);
            await ForgetNamedPersonsAsync(id);
            var words = await work.ListAsync<string>("select term from customer_term where customer_id = @id", new { id });
            foreach (var statement in Statements) await work.ExecuteAsync(statement, new { id, now, Erased });
            await work.ExecuteAsync("delete from account_member /* all customers: the accounts this person belonged to */ where person_id = @id", new { id });
            await work.ExecuteAsync("delete from idempotency_key where response like @like", new { like = $"%{id}%" });
            foreach (var word in words) await UnlearnAsync(word);
            await new PreferenceStore(work).RefreshAsync(id, now);
            await new WebhookStore(work).TellAsync(id, WebhookTypes.CustomerErased, id, new { customer_id = id }, now);
            // The country and the reasons that were counted with their purchases are forgotten when these are counted anew.
            await new SaleNewsStore(work).TellAllAsync(id, now);
        }
        return true;
    }

    private async Task ForgetAddressesAsync(Guid id, IReadOnlyList<Identity> identities)
    {
        foreach (var identity in identities)
        {
            await work.ExecuteAsync(
                "delete from identity_lookup where value = @Value and kind = @kind and customer_id = @id", new { identity.Value, kind = Words.Of(identity.Kind), id });
        }
    }

    // What came in about them and is no fact yet must not become one; of what was done only the id is kept, without whose it was.
    private async Task ForgetEventsAsync(IReadOnlyList<Identity> identities, Instant now)
    {
        foreach (var (kind, value) in identities.Select(identity => (identity.Kind, identity.Value)))
        {
            // An id of another system may be any number, which others' events hold too: those are found by whom they name.
            var isWhom = kind == IdentityKind.External ? "person = @value" : "lower(body) like @quoted escape '!'";
            await work.ExecuteAsync(
                $"update ingest_event set state = 'discarded', body = null, person = null, reason = 'erased', processed_at = @now where body is not null and {isWhom}",
                new { now, value, quoted = $"%\"{Literal(value).ToLowerInvariant()}\"%" });
            if (kind == IdentityKind.Email) await work.ExecuteAsync("delete from stray_mail where lower(sender) = @value", new { value });
            if (kind == IdentityKind.Phone) await work.ExecuteAsync("delete from stray_text where number = @value", new { value });
            if (kind == IdentityKind.External) await work.ExecuteAsync("update ingest_event set person = null where person = @value", new { value });
        }
    }

    private static string Literal(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    // A wish stays, and binds; whom they named in it is somebody's name.
    private async Task ForgetNamedPersonsAsync(Guid id)
    {
        foreach (var statement in (await new PreferenceStore(work).StatementsAsync(id)).Where(statement => !string.IsNullOrEmpty(statement.Wish.Person)))
            await work.ExecuteAsync(
                "update preference_statement set wish = @wish where customer_id = @id and statement_id = @StatementId",
                new { id, statement.StatementId, wish = Json.Of(statement.Wish with { Person = null }) });
    }

    // A rare name would still be readable among the words that searches know.
    private async Task UnlearnAsync(string word)
    {
        if (await work.ScalarAsync<long>("select count(*) from customer_term /* all customers: is the word another's too? */ where term = @word", new { word }) > 0) return;
        await work.ExecuteAsync(
            $"delete from term_variant where {work.InWords("variant", "@forms")} and term = @word", new { forms = new WordList(TermVariants.Of(word)), word });
    }
}
