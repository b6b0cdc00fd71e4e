using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Customers in the API: record, read, change, list, search, card.</summary>
internal static class CustomerApiEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var customers = routes.MapApi("customers");
        customers.MapGet("/", ListAsync).ForApi(Right.CustomersRead);
        customers.MapPost("/", RecordAsync).ForApi(Right.CustomersWrite);
        customers.MapPost("/search", SearchAsync).ForApi(Right.CustomersRead);
        var one = customers.MapGroup("/{id:guid}").AddEndpointFilter(MergedRedirect.InvokeAsync);
        one.MapGet("", OpenAsync).ForApi(Right.CustomersRead);
        one.MapPatch("", ChangeAsync).NeedsVersion().ForApi(Right.CustomersWrite);
        customers.MapGet("/{id:guid}.vcf", CardAsync).AddEndpointFilter(MergedRedirect.InvokeAsync).ForApi(Right.CustomersRead);
        CustomerPartApiEndpoints.Map(one);
        AccountEndpoints.MapApi(one);
        MergeApiEndpoints.Map(routes, one);
    }

    private static async Task<ApiPage<CustomerSummary>> ListAsync(HttpContext http, Database database, [AsParameters] PageQuery page, string? query = null)
    {
        if (!string.IsNullOrWhiteSpace(query)) return await FindAsync(http, database, query, page);
        await using var work = await database.ReadAsync(http.RequestAborted);
        var after = page.Cursor(1) is [var word] && Guid.TryParse(word, out var id) ? id : (Guid?)null;
        return ApiPage<CustomerSummary>.Of(await new SearchStore(work).ListAsync(after, page.Take), page, row => [row.CustomerId.ToString()]);
    }

    private static Task<ApiPage<CustomerSummary>> SearchAsync(HttpContext http, Database database, [AsParameters] PageQuery page, CustomerQuery query) =>
        FindAsync(http, database, query.Query, page);

    private static async Task<ApiPage<CustomerSummary>> FindAsync(HttpContext http, Database database, string? query, PageQuery page)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var skip = page.Cursor(1) is [var word] && int.TryParse(word, out var given) ? Math.Clamp(given, 0, SearchStore.MaxHits) : 0;
        var hits = await new SearchStore(work).FindAsync(query, skip, page.Take);
        return ApiPage<CustomerSummary>.Of(hits, page, _ => [(skip + page.Size).ToString(System.Globalization.CultureInfo.InvariantCulture)]);
    }

    private static Task<ApiAnswer<CustomerAnswer>> RecordAsync(HttpContext http, ApiWriter api, IClock clock, CustomerDraft draft) => api.WriteAsync(http, async work =>
    {
        var faults = new Faults();
        CustomerPatch.Check(draft.FillIn(new CustomerProfile { Name = draft.ListName }), faults);
        faults.When(string.IsNullOrWhiteSpace(draft.Source), "/source", "is required");
        faults.When(draft.Identities.Count > 50, "/identities", "has more than 50 entries");
        for (var i = 0; i < Math.Min(50, draft.Identities.Count); i++)
            faults.When(IdentityForm.Normal(draft.Identities[i].Kind, draft.Identities[i].Value, draft.Country) is null, $"/identities/{i}/value", "is not readable as this kind of identity");
        faults.Refuse();
        var recorded = await new CustomerStore(work).RecordAsync(draft, http.Actor(), clock.GetCurrentInstant());
        var profile = await new ProfileStore(work).ReadAsync(recorded.Id) ?? throw ApiProblem.Absent("customer").Refusal();
        var answer = new CustomerAnswer(profile, recorded.PossibleDuplicates);
        return recorded.IsNew
            ? ApiAnswer<CustomerAnswer>.Created($"{ApiRoutes.Root}/customers/{recorded.Id}", answer, profile.Version)
            : ApiAnswer<CustomerAnswer>.Ok(answer, profile.Version);
    });

    private static async Task<ApiAnswer<CustomerProfile>> OpenAsync(HttpContext http, Database database, Guid id)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var profile = await new CustomerStore(work).OpenAsync(http.Actor(), id) ?? throw ApiProblem.Absent("customer").Refusal();
        return ApiAnswer<CustomerProfile>.Ok(profile, profile.Version);
    }

    private static Task<ApiAnswer<CustomerProfile>> ChangeAsync(HttpContext http, ApiWriter api, IClock clock, Guid id, [FromBody] JsonElement patch) => api.WriteAsync(http, async work =>
    {
        var profiles = new ProfileStore(work);
        if (await new CustomerStore(work).CurrentAsync(id) is not { } current || await profiles.BareAsync(current) is not { } known) throw ApiProblem.Absent("customer").Refusal();
        http.RequireVersion(known.Version);
        if (!await profiles.UpdateAsync(CustomerPatch.Apply(known, patch), clock.GetCurrentInstant())) throw ApiProblem.Stale().Refusal();
        await new TermStore(work).WriteAsync(current);
        var changed = (await profiles.ReadAsync(current))!;
        return ApiAnswer<CustomerProfile>.Ok(changed, changed.Version);
    });

    private static async Task<IResult> CardAsync(HttpContext http, Database database, Guid id)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var profile = await new CustomerStore(work).OpenAsync(http.Actor(), id) ?? throw ApiProblem.Absent("customer").Refusal();
        return Results.Text(VCard.Of(profile), VCard.MediaType, Encoding.UTF8);
    }
}

/// <summary>What somebody typed to find a customer: in the body, so that it is in no log of addresses.</summary>
internal sealed record CustomerQuery(string Query);

/// <summary>A recorded customer, and others who may be the same.</summary>
internal sealed record CustomerAnswer(CustomerProfile Customer, IReadOnlyList<Guid> PossibleDuplicates);
