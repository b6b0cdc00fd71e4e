using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>A customer's postal addresses in the API.</summary>
internal static class PostalApiEndpoints
{
    public static void Map(IEndpointRouteBuilder one)
    {
        one.MapGet("/postal_addresses", ListAsync).ForApi(Right.CustomersRead);
        one.MapPost("/postal_addresses", AddAsync).ForApi(Right.CustomersWrite);
        one.MapDelete("/postal_addresses/{addressId:guid}", EndAsync).ForApi(Right.CustomersWrite);
    }

    private static async Task<ApiAnswer<ApiList<PostalAddress>>> ListAsync(HttpContext http, Database database, Guid id)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var current = await new CustomerStore(work).CurrentAsync(id) ?? throw ApiProblem.Absent("customer").Refusal();
        return ApiAnswer<ApiList<PostalAddress>>.Ok(new ApiList<PostalAddress>(await new PostalStore(work).CurrentAsync(current), null));
    }

    private static Task<ApiAnswer<ApiList<PostalAddress>>> AddAsync(HttpContext http, ApiWriter api, IClock clock, Guid id, PostalAddressToAdd added) => api.WriteAsync(http, async work =>
    {
        var faults = new Faults();
        faults.When(string.IsNullOrWhiteSpace(added.Source) || added.Source.Length > 100, "/source", "has 1 to 100 letters");
        faults.When(string.IsNullOrWhiteSpace(added.Street), "/street", "is required");
        faults.When(string.IsNullOrWhiteSpace(added.City), "/city", "is required");
        faults.When(added.Country is not { Length: 2 }, "/country", "is a country in two letters (ISO 3166-1)");
        faults.Refuse();
        var normal = added.Read();
        faults.When(normal is null, "", $"has at most four lines of street, and at most {PostalAddress.Longest} letters in each field");
        faults.Refuse();
        var current = await new CustomerStore(work).CurrentAsync(id) ?? throw ApiProblem.Absent("customer").Refusal();
        var store = new PostalStore(work);
        await store.AddAsync(current, normal!, http.Actor(), clock.GetCurrentInstant());
        return ApiAnswer<ApiList<PostalAddress>>.Ok(new ApiList<PostalAddress>(await store.CurrentAsync(current), null));
    });

    private static Task<ApiDone> EndAsync(HttpContext http, ApiWriter api, IClock clock, Guid id, Guid addressId) => api.WriteAsync(http, async work =>
        await new CustomerStore(work).CurrentAsync(id) is { } current && await new PostalStore(work).EndAsync(current, addressId, http.Actor(), clock.GetCurrentInstant())
            ? new ApiDone()
            : throw ApiProblem.Absent("postal address").Refusal());
}

/// <summary>A postal address as another system tells it; the one that was told last is written to.</summary>
internal sealed record PostalAddressToAdd(string Street, string City, string Country, string Source, string? PostalCode = null, string? Region = null, string? Recipient = null)
{
    public PostalAddress? Read() => new PostalAddress { Street = Street, City = City, Country = Country, Source = Source, PostalCode = PostalCode, Region = Region, Recipient = Recipient }.Normal();
}
