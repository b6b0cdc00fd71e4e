namespace Regard.Storage.Journal;

/// <summary>Up to which line of a journal file everything is in this database: it goes back in time with it when it is restored.</summary>
internal sealed record JournalMark
{
    public string File { get; init; } = "";
    public long Position { get; init; }
    public string Hash { get; init; } = "";
}

/// <summary>The marks of all journal files.</summary>
internal sealed class JournalMarkStore(UnitOfWork work)
{
    public Task<List<JournalMark>> AllAsync() => work.ListAsync<JournalMark>("select file, position, hash from journal_mark order by file");

    /// <summary>Sets a mark forward. Every line up to it was committed before.</summary>
    public Task WriteAsync(JournalMark mark, Instant now) => work.ExecuteAsync(
        """
        insert into journal_mark (file, position, hash, marked_at) values (@File, @Position, @Hash, @now)
        on conflict (file) do update set position = excluded.position, hash = excluded.hash, marked_at = excluded.marked_at
        where journal_mark.position < excluded.position
        """,
        new { mark.File, mark.Position, mark.Hash, now });

    /// <summary>Expects a file no more: it is lost, and somebody answers for that.</summary>
    public Task<int> ForgetAsync(string file) => work.ExecuteAsync("delete from journal_mark where file = @file", new { file });
}
