using Regard.Access;
using Regard.Api;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>A statement as the API takes it.</summary>
internal sealed record StatementDraft
{
    public Wish? Wish { get; init; }
    public string? Words { get; init; }

    /// <summary>Where it was said; <c>api</c> unless said otherwise.</summary>
    public StatementPlace? Place { get; init; }

    /// <summary>How it came about; <c>inferred</c> and <c>imported</c> only tighten.</summary>
    public StatementBasis? Basis { get; init; }

    /// <summary>Null = now.</summary>
    public Instant? SaidAt { get; init; }
    public string? Source { get; init; }
    public string? SourceId { get; init; }
}

/// <summary>What was said, and what it means now.</summary>
internal sealed record PreferencesAnswer(Wishes Wishes, IReadOnlyList<PreferenceStatement> Statements);

/// <summary>A contact as the API takes it.</summary>
internal sealed record ContactOrder
{
    public ContactRequest? Request { get; init; }
    public string? Subject { get; init; }
    public string? Text { get; init; }

    /// <summary>In place of subject and text: a letter of the house, in the customer's language.</summary>
    public LetterKind? Template { get; init; }

    /// <summary>The fields of the template: texts, truth values, and lists of such fields.</summary>
    public System.Text.Json.JsonElement? Fields { get; init; }
    public string? TaskTitle { get; init; }
    public int? Minutes { get; init; }
}

/// <summary>Preferences and contacts for other systems. No scope and no field leads past a customer's wish.</summary>
internal static class ContactApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var customers = routes.MapApi("customers");
        customers.MapGet("/{id:guid}/preferences", PreferencesAsync).ForApi(Right.CustomersRead);
        customers.MapPost("/{id:guid}/preferences", RecordAsync).ForApi(Right.PreferencesWrite);
        customers.MapGet("/{id:guid}/contacts", ContactsAsync).ForApi(Right.CustomersRead);
        var contacts = routes.MapApi("contacts");
        contacts.MapPost("/", RequestAsync).ForApi(Right.ContactsWrite);
        contacts.MapPost("/preview", PreviewAsync).ForApi(Right.ContactsWrite);
    }

    private static async Task<ApiAnswer<PreferencesAnswer>> PreferencesAsync(HttpContext http, Guid id, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var customerId = await new CustomerStore(work).CurrentAsync(id) ?? throw ApiProblem.Absent("customer").Refusal();
        var store = new PreferenceStore(work);
        return ApiAnswer<PreferencesAnswer>.Ok(new PreferencesAnswer(await store.WishesAsync(customerId), await store.StatementsAsync(customerId)));
    }

    private static Task<ApiAnswer<RecordedStatement>> RecordAsync(HttpContext http, Guid id, StatementDraft draft, ApiWriter api, IClock clock, RegardSettings settings) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var faults = new Faults();
        faults.When(draft.Wish is null, "/wish", "is required");
        faults.When(draft.SaidAt > now, "/said_at", "must not lie in the future");
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
        var before = page.Cursor(1) is { } cursor ? Guid.Parse(cursor[0]) : (Guid?)null;
        var lines = await new LedgerStore(work).PageAsync(customerId, before, page.Take);
        return ApiPage<LedgerLine>.Of(lines, page, line => [line.Entry.DecisionId.ToString()]);
    }

    private static Task<ApiAnswer<ContactAnswer>> RequestAsync(HttpContext http, ContactOrder order, ApiWriter api, IClock clock) => api.WriteAsync(http, async work =>
    {
        var request = Checked(order, needsText: true);
        var draft = await WrittenAsync(work, order) with { TaskTitle = order.TaskTitle, Minutes = order.Minutes ?? 10 };
        var answer = await new ContactDesk(work).RequestAsync(request, draft, clock.GetCurrentInstant()) ?? throw ApiProblem.Absent("customer").Refusal();
        return ApiAnswer<ContactAnswer>.Ok(answer);
    });

    private static async Task<ApiAnswer<ContactAnswer>> PreviewAsync(HttpContext http, ContactOrder order, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var answer = await new ContactDesk(work).PreviewAsync(Checked(order, needsText: false), clock.GetCurrentInstant());
        return ApiAnswer<ContactAnswer>.Ok(answer ?? throw ApiProblem.Absent("customer").Refusal());
    }

    // Written before the gate is asked: a letter that cannot be written asks for nothing.
    private static async Task<ContactDraft> WrittenAsync(UnitOfWork work, ContactOrder order)
    {
        if (order.Template is not { } template) return new ContactDraft { Subject = order.Subject!, Text = order.Text! };
        var customer = await new CustomerStore(work).CurrentAsync(order.Request!.CustomerId) is { } id ? await new ProfileStore(work).BareAsync(id) : null;
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

    private static ContactRequest Checked(ContactOrder order, bool needsText)
    {
        var faults = new Faults();
        faults.When(order.Request is null, "/request", "is required");
        faults.When(needsText && order.Template is null && string.IsNullOrWhiteSpace(order.Subject), "/subject", "is required");
        faults.When(needsText && order.Template is null && string.IsNullOrWhiteSpace(order.Text), "/text", "is required");
        faults.When(string.IsNullOrWhiteSpace(order.Request?.Step), "/request/step", "is required");
        faults.When(string.IsNullOrWhiteSpace(order.Request?.About), "/request/about", "is required");
        faults.Refuse();
        return order.Request!;
    }
}
