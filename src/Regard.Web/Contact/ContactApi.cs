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
        var draft = new ContactDraft { Subject = order.Subject!, Text = order.Text!, TaskTitle = order.TaskTitle, Minutes = order.Minutes ?? 10 };
        var answer = await new ContactDesk(work).RequestAsync(request, draft, clock.GetCurrentInstant()) ?? throw ApiProblem.Absent("customer").Refusal();
        return ApiAnswer<ContactAnswer>.Ok(answer);
    });

    private static async Task<ApiAnswer<ContactAnswer>> PreviewAsync(HttpContext http, ContactOrder order, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var answer = await new ContactDesk(work).PreviewAsync(Checked(order, needsText: false), clock.GetCurrentInstant());
        return ApiAnswer<ContactAnswer>.Ok(answer ?? throw ApiProblem.Absent("customer").Refusal());
    }

    private static ContactRequest Checked(ContactOrder order, bool needsText)
    {
        var faults = new Faults();
        faults.When(order.Request is null, "/request", "is required");
        faults.When(needsText && string.IsNullOrWhiteSpace(order.Subject), "/subject", "is required");
        faults.When(needsText && string.IsNullOrWhiteSpace(order.Text), "/text", "is required");
        faults.When(string.IsNullOrWhiteSpace(order.Request?.Step), "/request/step", "is required");
        faults.When(string.IsNullOrWhiteSpace(order.Request?.About), "/request/about", "is required");
        faults.Refuse();
        return order.Request!;
    }
}
