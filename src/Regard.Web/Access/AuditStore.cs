using Regard.Storage;

namespace Regard.Access;

/// <summary>An entry of the audit trail as it is kept.</summary>
public sealed record AuditRow
{
    public long Seq { get; init; }

    public Instant At { get; init; }

    public string Actor { get; init; } = "";

    public string Action { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Detail { get; init; } = "";

    public string PreviousHash { get; init; } = "";

    public string Hash { get; init; } = "";

    [System.Text.Json.Serialization.JsonIgnore]
    public AuditEntry Entry => new(Seq, At, Actor, Action, Subject, Detail);
}

/// <summary>The audit trail: append-only and chained by hashes (<see cref="AuditChain"/>).</summary>
internal sealed class AuditStore(UnitOfWork work)
{
    private const int VerifyPage = 5000;
    private const string Columns = "seq, at, actor, action, subject, detail, previous_hash, hash";

    /// <summary>
    /// Adds an entry. It holds the end of the chain until the transaction ends, so that two nodes cannot fork it:
    /// append as the last thing before committing.
    /// </summary>
    /// <param name="by">Who did it.</param>
    /// <param name="action">A word such as <c>key_revoked</c>.</param>
    /// <param name="subject">What it was done to, as <c>kind:id</c>.</param>
    /// <param name="detail">A JSON object; never names, addresses or anything else about a person.</param>
    /// <param name="now">When.</param>
    public async Task AppendAsync(Actor by, string action, string subject, Json detail, Instant now)
    {
        await work.ExecuteAsync(
            "insert into audit_head (name, seq, hash) values ('trail', 0, @Beginning) on conflict (name) do nothing", new { AuditChain.Beginning });
        var head = (await work.FirstAsync<AuditRow>($"select seq, hash from audit_head where name = 'trail'{work.ForUpdate}"))!;
        // Both engines keep microseconds: what is hashed must come back the same.
        var at = Instant.FromUnixTimeTicks(now.ToUnixTimeTicks() / 10 * 10);
        var entry = new AuditEntry(head.Seq + 1, at, by.Reference, action, subject, detail.Text);
        var row = new { entry.Seq, At = at, entry.Actor, action, subject, Detail = detail.Text, PreviousHash = head.Hash, Hash = AuditChain.Hash(head.Hash, entry) };
        await work.ExecuteAsync(
            $"insert into audit_entry ({Columns}) values (@Seq, @At, @Actor, @action, @subject, @Detail, @PreviousHash, @Hash)", row);
        await work.ExecuteAsync("update audit_head set seq = @Seq, hash = @Hash where name = 'trail'", new { row.Seq, row.Hash });
    }

    /// <summary>Entries before a number (null = from the newest), the newest first.</summary>
    /// <param name="action">Only those of this action; null = all.</param>
    public Task<List<AuditRow>> PageAsync(long? before, int size, string? action = null) => work.ListAsync<AuditRow>(
        $"select {Columns} from audit_entry where seq < @Before {(action is null ? "" : "and action = @action")} order by seq desc limit @size", new { Before = before ?? long.MaxValue, size, action });

    /// <summary>The actions of which there are entries.</summary>
    public Task<List<string>> ActionsAsync() => work.ListAsync<string>("select distinct action from audit_entry order by action");

    /// <summary>Reads the whole chain. Null when it is unbroken, else one sentence about the first break.</summary>
    public async Task<string?> VerifyAsync()
    {
        var (seq, hash) = (0L, AuditChain.Beginning);
        while (true)
        {
            var rows = await work.ListAsync<AuditRow>(
                $"select {Columns} from audit_entry where seq > @seq order by seq limit @VerifyPage", new { seq, VerifyPage });
            foreach (var row in rows)
            {
                if (row.Seq != seq + 1) return $"Audit trail: entry {seq + 1} is missing.";
                if (row.PreviousHash != hash) return $"Audit trail: entry {row.Seq} does not follow the entry before it.";
                if (AuditChain.Hash(hash, row.Entry) != row.Hash) return $"Audit trail: entry {row.Seq} was changed after it was written.";
                (seq, hash) = (row.Seq, row.Hash);
            }
            if (rows.Count < VerifyPage) break;
        }
        var head = await work.FirstAsync<AuditRow>("select seq, hash from audit_head where name = 'trail'");
        if ((head?.Seq ?? 0) == seq && (head?.Hash ?? hash) == hash) return null;
        return $"Audit trail: it ends at entry {seq}, but {head?.Seq ?? 0} entries were written.";
    }

    /// <summary>What is wrong with the trail, for <c>regard check</c>: an empty list when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(UnitOfWork work) => await new AuditStore(work).VerifyAsync() is { } fault ? [fault] : [];
}
