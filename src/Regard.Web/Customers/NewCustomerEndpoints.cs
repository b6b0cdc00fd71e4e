using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Recording a customer by hand.</summary>
internal static class NewCustomerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/customers/new", () => Page(new NewCustomerForm(), new Dictionary<string, string>())).ForStaff(Right.CustomersWrite);
        routes.MapPost("/customers", RecordAsync).ForStaff(Right.CustomersWrite);
    }

    private static async Task<IResult> RecordAsync(HttpContext http, [FromForm] NewCustomerForm? sent, Database database, IClock clock)
    {
        var form = sent ?? new NewCustomerForm();
        if (form.Faults() is { Count: > 0 } faults) return Page(form, faults);
        await using var work = await database.WriteAsync(http.RequestAborted);
        var recorded = await new CustomerStore(work).RecordAsync(form.Draft(), http.Actor(), clock.GetCurrentInstant());
        await work.CommitAsync();
        if (recorded.IsNew) Flash.Say(http, "The customer is recorded.");
        else Flash.Say(http, "We knew this customer already: here they are. What was missing is filled in, nothing is overwritten.", Tone.Info);
        return SeeOther.To($"/customers/{recorded.Id}");
    }

    private static RazorComponentResult<NewCustomerPage> Page(NewCustomerForm form, IReadOnlyDictionary<string, string> faults) =>
        new(new { Form = form, Faults = faults }) { StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
}
