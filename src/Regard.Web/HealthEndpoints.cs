using Regard.Access;
using Regard.Storage;

namespace Regard;

/// <summary>Whether this process can do its work: for a load balancer, and for the tests that wait for a start.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/health", AnswerAsync).OpenToAll();

    private static async Task<IResult> AnswerAsync(Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return await work.ScalarAsync<long>("select 1") == 1 ? Results.Text("ok") : Results.StatusCode(503);
    }
}
