using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Regard.Api;

// How a capability joins the API, in its own XEndpoints:
//
//   var customers = routes.MapApi("customers");                              // everything below is /api/v1/customers…
//   customers.MapGet("/", ListAsync).ForApi(Right.CustomersRead);
//   customers.MapPost("/", RecordAsync).ForApi(Right.CustomersWrite);
//   customers.MapPut("/{id:guid}", ChangeAsync).NeedsVersion().ForApi(Right.CustomersWrite);
//
//   // A list: PageQuery is the parameters limit and after; read page.Take rows (one more than asked) in keyset order.
//   static async Task<ApiPage<CustomerRow>> ListAsync([AsParameters] PageQuery page, …) {
//       var after = page.Cursor(2);                                          // null on the first page, else the two words of the last row
//       var rows = await store.PageAsync(after, page.Take);                  // where (name, customer_id) > (after[0], after[1]) … limit Take
//       return ApiPage<CustomerRow>.Of(rows, page, row => [row.Name, row.Id.ToString()]);   // JSON or CSV as the caller asks
//   }
//   // One record with its version: the answer carries an ETag, and 304 when the caller has it already.
//   return ApiAnswer<CustomerRow>.Ok(row, row.Version);      null row: throw ApiProblem.Absent("customer").Refusal();
//
//   // A write: one transaction, in which an Idempotency-Key is kept with its answer; a repeat gets that answer, another body gets 422.
//   return await api.WriteAsync(http, async work => {                        // api: an ApiWriter parameter
//       var expected = http.ExpectedVersion();                               // If-Match: 428 when absent; null = any version (*)
//       … stores on work …;  0 rows touched: throw ApiProblem.Stale().Refusal();     // 412
//       return ApiAnswer<CustomerRow>.Created($"/api/v1/customers/{id}", row, row.Version);
//   });
//   // Validation, all faults in one answer:
//   var faults = new Faults();  faults.When(draft.Name is null or "", "/name", "is required");  faults.Refuse();
//
// Everything that goes wrong is an RFC 9457 problem: throw ApiProblem.X(…).Refusal() anywhere below the endpoint.

/// <summary>Where the API lives, and what all of its endpoints have in common.</summary>
internal static class ApiRoutes
{
    /// <summary>Every path of the API begins with this.</summary>
    public const string Root = "/api/v1";

    /// <summary>The largest request body, unless an endpoint says otherwise with <see cref="RequestSizeLimitAttribute"/>.</summary>
    public const long BodyLimit = 1024 * 1024;

    /// <summary>Opens the group <c>/api/v1/{name}</c>.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string name)
    {
        var group = routes.MapGroup($"{Root}/{name}").WithTags(name).DisableAntiforgery();
        group.WithMetadata(new RequestSizeLimitAttribute(BodyLimit));
        group.WithMetadata(new ProducesResponseTypeMetadata(400, typeof(ApiProblem), [ApiProblem.MediaType]));
        return group;
    }

    /// <summary>Says in the document that the endpoint needs <c>If-Match</c>; it reads it with <see cref="Versions.ExpectedVersion"/>.</summary>
    public static T NeedsVersion<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new NeedsVersion());

    /// <summary>Whether a request is to the API or to the ingestion endpoints: its failures are problems, not pages.</summary>
    public static bool IsApi(this HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || request.Path.StartsWithSegments("/v1", StringComparison.Ordinal);
}

/// <summary>Marks an endpoint that changes a record only at the version its caller has seen.</summary>
internal sealed record NeedsVersion;
