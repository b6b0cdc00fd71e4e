using Npgsql;
using Regard.Kit;

namespace Regard.Storage;

/// <summary>A statement that fails among others leaves nothing behind for whoever gets the connection next.</summary>
public sealed class FailedStatementTests
{
    // The driver prepares a statement when it is used for the third time: it fails before, then, and after.
    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public async Task the_statements_after_it_work_again_in_the_next_unit_of_work(int failing)
    {
        await using var data = await TestDatabase.MakeAsync("postgres");
        var one = new NpgsqlConnectionStringBuilder(data.Settings.ConnectionString) { MaxPoolSize = 1 };
        await using var database = Database.Postgres(one.ToString(), data.Settings.DataFolder);
        for (var round = 0; round < 8; round++)
        {
            await using var work = await database.WriteAsync(default);
            var asking = AskAsync(work, divisor: round == failing ? 0 : 1, round);
            if (round == failing) (await Should.ThrowAsync<PostgresException>(asking)).SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);
            else (await asking).ShouldBe([10, round + 1, round + 2]);
        }
    }

    private static async Task<int[]> AskAsync(UnitOfWork work, int divisor, int number)
    {
        using var rows = await work.ManyAsync("set local lock_timeout = '1s'; select 10 / @divisor; select @number + 1; select @number + 2", new { divisor, number });
        return [await rows.ReadSingleAsync<int>(), await rows.ReadSingleAsync<int>(), await rows.ReadSingleAsync<int>()];
    }
}
