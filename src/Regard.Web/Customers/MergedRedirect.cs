using Regard.Api;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Before every endpoint of one customer: an id that was merged is answered with the survivor's address, an unknown one with 404.</summary>
internal static class MergedRedirect
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!Guid.TryParse(http.Request.RouteValues["id"]?.ToString(), out var id)) return await next(context);
        Guid? current;
        await using (var work = await http.RequestServices.GetRequiredService<Database>().ReadAsync(http.RequestAborted))
            current = await new CustomerStore(work).CurrentAsync(id);
        if (current is null) throw ApiProblem.Absent("customer").Refusal();
        if (current == id) return await next(context);
        var path = http.Request.Path.Value!.Replace(id.ToString(), current.ToString(), StringComparison.OrdinalIgnoreCase);
        return Results.Redirect(path + http.Request.QueryString, permanent: true, preserveMethod: true);
    }
}
