using Dapper;

namespace Regard.Storage;

/// <summary>The answers of several statements that went in one round trip, read in their order. A failure of a later one shows when its answer is read.</summary>
/// <param name="work">Takes note of a statement that failed.</param>
internal sealed class RowSets(SqlMapper.GridReader reader, UnitOfWork work) : IDisposable
{
    public Task<IEnumerable<T>> ReadAsync<T>() => work.NotingAsync(reader.ReadAsync<T>());

    public Task<T> ReadFirstAsync<T>() => work.NotingAsync(reader.ReadFirstAsync<T>());

    public Task<T?> ReadFirstOrDefaultAsync<T>() => work.NotingAsync(reader.ReadFirstOrDefaultAsync<T>());

    public Task<T> ReadSingleAsync<T>() => work.NotingAsync(reader.ReadSingleAsync<T>());

    public void Dispose() => reader.Dispose();
}
