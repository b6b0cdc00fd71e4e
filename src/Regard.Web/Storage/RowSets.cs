using System.Data.Common;
using Dapper;

namespace Regard.Storage;

/// <summary>The answers of several statements that went in one round trip, read in their order. A failure of a later one shows when its answer is read.</summary>
/// <param name="failed">Told of a statement that failed.</param>
internal sealed class RowSets(SqlMapper.GridReader reader, Action failed) : IDisposable
{
    public Task<IEnumerable<T>> ReadAsync<T>() => NotingAsync(reader.ReadAsync<T>());

    public Task<T> ReadFirstAsync<T>() => NotingAsync(reader.ReadFirstAsync<T>());

    public Task<T?> ReadFirstOrDefaultAsync<T>() => NotingAsync(reader.ReadFirstOrDefaultAsync<T>());

    public Task<T> ReadSingleAsync<T>() => NotingAsync(reader.ReadSingleAsync<T>());

    public void Dispose() => reader.Dispose();

    private async Task<T> NotingAsync<T>(Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch (DbException)
        {
            failed();
            throw;
        }
    }
}
