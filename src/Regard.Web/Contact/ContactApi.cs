using System.Globalization;
using Regard.Access;
using Regard.Api;
using Regard.Customers;
using Regard.Storage;
using Regard.Texts;

namespace Regard.Contact;

/// <summary>Preferences and contacts for other systems. No scope and no field leads past a customer's wish.</summary>
internal static class ContactApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var customers = routes.MapApi("customers");
        customers.MapGet("/{id:guid}/preferences", PreferencesAsync).WithSummary("How a customer wants to be contacted")
            .WithDescription("In sentences, as what the gate asks, and every statement that it follows from, the latest first.").WithExample(null, ApiExamples.Preferences).ForApi(Right.CustomersRead);
        customers.MapPost("/{id:guid}/preferences", RecordAsync).WithSummary("Record what a customer said about being contacted")
            .WithDescription("It binds from the moment of the answer, and stops what waits against it in the same transaction. A correction is a new statement. A yes to marketing that is not the customer's own act is confirmed by a mail to their address first.")
            .WithExample(ApiExamples.Statement, ApiExamples.Recorded).ForApi(Right.PreferencesWrite);
        customers.MapGet("/{id:guid}/contacts", ContactsAsync).WithSummary("A customer's ledger: every decision about contacting them, the latest first")
            .WithDescription("Refused and deferred ones too, each with its reasons and the words that decided.").ForApi(Right.CustomersRead);
        var contacts = routes.MapApi("contacts");
        contacts.MapPost("/", RequestAsync).WithSummary("Ask for a contact, and hand it over")
            .WithDescription("The gate decides by the customer's wishes. Permitted or deferred, the contact is queued (as a message, or as a task for a person) and decided again at the moment it is made; in every case it is in the customer's ledger. Refused is an answer too: 200 with verdict refused and the reasons. There is no way past it. Ask for legal contacts with their legal_ground.")
            .WithExample(ApiExamples.Contact, ApiExamples.Decision).ForApi(Right.ContactsWrite);
        contacts.MapPost("/preview", PreviewAsync).WithSummary("Ask what would be decided")
            .WithDescription("Nothing is reserved and nothing is written. Without channels it answers the best way for this customer.").WithExample(ApiExamples.Preview, ApiExamples.Previewed).ForApi(Right.ContactsWrite);
        contacts.MapGet("/{id:guid}", ShowAsync).WithSummary("What became of a contact")
            .WithDescription("By the contact_id of the answer to the request. A contact that was refused became nothing: it is in the customer's ledger.").WithExample(null, ApiExamples.Became).ForApi(Right.CustomersRead);
    }

    private static async Task<ApiAnswer<PreferencesAnswer>> PreferencesAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var customerId = await new CustomerStore(work).CurrentAsync(id) ?? throw ApiProblem.Absent("customer").Refusal();
        var store = new PreferenceStore(work);
        var (wishes, statements) = (await store.WishesAsync(customerId), await store.StatementsAsync(customerId));
        return ApiAnswer<PreferencesAnswer>.Ok(PreferencesAnswer.Of(wishes, statements, await new PolicyStore(work).ReadAsync(), clock.GetCurrentInstant()));
    }

    private static Task<ApiAnswer<RecordedStatement>> RecordAsync(HttpContext http, Guid id, StatementDraft draft, ApiWriter api, IClock clock, RegardSettings settings) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var faults = new Faults();
        faults.When(draft.Wish is null, "/wish", "is required");
        faults.When(draft.SaidAt > now, "/said_at", "must not lie in the future");
        faults.When(draft.Source?.Length is 0 or > 200, "/source", "has 1 to 200 letters");
        faults.When(draft.SourceId?.Length is 0 or > 200, "/source_id", "has 1 to 200 letters");
        faults.When(draft.Words?.Length > PreferenceStatement.LongestWords, "/words", "is longer than 2000 characters");
        foreach (var limit in draft.Wish?.Limits ?? []) faults.When(limit.Count < 0 || limit.Days is < 1 or > 3660, "/wish/limits", "count is 0 or more, days 1 to 3660");
        faults.Refuse();
        var statement = new PreferenceStatement
        {
            StatementId = Ids.New(now),
            CustomerId = id,
            SaidAt = draft.SaidAt ?? now,
            Place = draft.Place ?? StatementPlace.Api,
            Words = draft.Words,
            Basis = draft.Basis ?? StatementBasis.Volunteered,
            Wish = draft.Wish!,
            RecordedBy = http.Actor().Reference,
            RecordedAt = now,
            Source = draft.Source ?? "api",
            SourceId = draft.SourceId ?? Ids.New(now).ToString(),
        };
        var recorded = await new PreferenceStore(work).RecordAsync(statement, now) ?? throw ApiProblem.Absent("customer").Refusal();
        await new ConsentDesk(work, settings).FollowAsync(statement, recorded, now);
        return ApiAnswer<RecordedStatement>.Created($"/api/v1/customers/{recorded.CustomerId}/preferences", recorded);
    });

    private static async Task<ApiPage<LedgerLine>> ContactsAsync(HttpContext http, Guid id, [AsParameters] PageQuery page, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var customerId = await new CustomerStore(work).CurrentAsync(id) ?? throw ApiProblem.Absent("customer").Refusal();
        var before = page.Cursor(1) is [var word] && Guid.TryParse(word, CultureInfo.InvariantCulture, out var last) ? last : (Guid?)null;
        var lines = await new LedgerStore(work).PageAsync(customerId, before, page.Take);
        return ApiPage<LedgerLine>.Of(lines, page, line => [line.Entry.DecisionId.ToString()]);
    }

    private static Task<ApiAnswer<ContactAnswer>> RequestAsync(HttpContext http, ContactOrder order, ApiWriter api, IClock clock) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var request = order.Request(now, isPreview: false);
        var draft = await WrittenAsync(work, order) with { TaskTitle = order.TaskTitle, Minutes = order.Minutes ?? 10 };
        return ApiAnswer<ContactAnswer>.Ok(await new ContactDesk(work).RequestAsync(request, draft, now) ?? throw ApiProblem.Absent("customer").Refusal());
    });

    private static async Task<ApiAnswer<ContactAnswer>> PreviewAsync(HttpContext http, ContactOrder order, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        var request = order.Request(now, isPreview: true);
        await using var work = await database.ReadAsync(http.RequestAborted);
        return ApiAnswer<ContactAnswer>.Ok(await new ContactDesk(work).PreviewAsync(request, now) ?? throw ApiProblem.Absent("customer").Refusal());
    }

    private static async Task<ApiAnswer<ContactShown>> ShowAsync(HttpContext http, Guid id, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var contact = await new ContactRowStore(work).FindAsync(id) ?? throw ApiProblem.Absent("contact").Refusal();
        var decision = contact.DecisionId is { } decisionId ? await new LedgerStore(work).FindAsync(contact.CustomerId, decisionId) : null;
        return ApiAnswer<ContactShown>.Ok(new ContactShown(contact, decision, [.. (decision?.Reasons ?? []).Select(reason => reason.ToStaff()).Distinct()]));
    }

    // Written before the gate is asked: a letter that cannot be written asks for nothing.
    private static async Task<ContactDraft> WrittenAsync(UnitOfWork work, ContactOrder order)
    {
        if (order.Template is not { } template) return new ContactDraft { Subject = order.Subject!, Text = order.Text!, Short = order.ShortText };
        var customer = await new CustomerStore(work).CurrentAsync(order.CustomerId!.Value) is { } id ? await new ProfileStore(work).BareAsync(id) : null;
        try
        {
            return LetterBook.Write(template, customer?.Language, Values(order.Fields));
        }
        catch (LetterRefusal refusal)
        {
            var faults = new Faults();
            faults.When(true, "/fields", refusal.Message);
            faults.Refuse();
            throw;
        }
    }

    private static Dictionary<string, object?> Values(System.Text.Json.JsonElement? fields) =>
        fields is { ValueKind: System.Text.Json.JsonValueKind.Object } given ? given.EnumerateObject().ToDictionary(field => field.Name, field => Value(field.Value), StringComparer.Ordinal) : [];

    private static object? Value(System.Text.Json.JsonElement value) => value.ValueKind switch
    {
        System.Text.Json.JsonValueKind.String => value.GetString(),
        System.Text.Json.JsonValueKind.True => true,
        System.Text.Json.JsonValueKind.Array => value.EnumerateArray().Select(row => (IReadOnlyDictionary<string, object?>)Values(row)).ToList(),
        System.Text.Json.JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
