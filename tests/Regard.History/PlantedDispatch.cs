using System.Security.Cryptography;
using Regard.Channels;
using Regard.Contact;
using Regard.Storage;

namespace Regard.History;

/// <summary>The faults that a worker's side of the protocol could have, composed of the product's parts.</summary>
internal sealed class PlantedDispatch(Plant plant, Database database, Dispatch dispatch, IMailRoute route, IClock clock, string worker)
{
    /// <summary>Whether the fault is one of a worker's side.</summary>
    public static bool Has(Plant plant) => plant is Plant.CheckThenInsert or Plant.ReleaseBeforeHandOff or Plant.MarkAfterHandOff;

    public async Task<int> RunAsync(CancellationToken stop)
    {
        List<OutboxRow> due;
        await using (var work = await database.ReadAsync(stop)) due = await new OutboxStore(work).DueAsync(clock.GetCurrentInstant(), 16);
        // Lanes that look at once do not all begin with the same customer, and what waits for one customer is taken up together.
        var customers = due.GroupBy(row => row.CustomerId).ToArray();
        RandomNumberGenerator.Shuffle(customers.AsSpan());
        foreach (var rows in customers)
        {
            if (plant == Plant.CheckThenInsert) await CheckThenInsertAsync([.. rows], stop);
            else
                foreach (var row in rows)
                    await (plant == Plant.ReleaseBeforeHandOff ? ReleaseBeforeHandOffAsync(row, stop) : MarkAfterHandOffAsync(row, stop));
        }
        return due.Count;
    }

    private async Task CheckThenInsertAsync(IReadOnlyList<OutboxRow> rows, CancellationToken stop)
    {
        var decided = await Task.WhenAll(rows.Select(PermitAsync));
        await HesitateAsync(stop);
        foreach (var (row, (claimed, verdict)) in rows.Zip(decided))
        {
            if (verdict.Kind == VerdictKind.Permitted) await InsertAsync(row, claimed!, stop);
            else if (await dispatch.ClaimAsync(row, stop) is { } rightly) await dispatch.SendAsync(rightly, stop);
        }
    }

    private async Task InsertAsync(OutboxRow row, ClaimedContact claimed, CancellationToken stop)
    {
        await using (var work = await database.WriteAsync(stop))
        {
            var taken = await work.ExecuteAsync(
                """
                update outbox set state = 'in_flight', claimed_by = @worker, claimed_until = @until, reserved_at = @now, attempts = attempts + 1
                where customer_id = @CustomerId and outbox_id = @OutboxId and state = 'queued'
                """,
                new { row.CustomerId, row.OutboxId, worker, until = claimed.Permit.ExpiresAt, now = clock.GetCurrentInstant() });
            if (taken == 0) return;
            await work.CommitAsync();
        }
        await dispatch.SendAsync(claimed, stop);
    }

    private async Task ReleaseBeforeHandOffAsync(OutboxRow row, CancellationToken stop)
    {
        if (await dispatch.ClaimAsync(row, stop) is not { } claimed) return;
        await using (var work = await database.WriteAsync(stop))
            if (!(await new ClaimStore(work).HoldAsync([claimed], clock.GetCurrentInstant()))[0])
                return;
        await HesitateAsync(stop);
        await FinishAsync(claimed, await HandOverAsync(claimed, stop));
    }

    private async Task MarkAfterHandOffAsync(OutboxRow row, CancellationToken stop)
    {
        var (claimed, _) = await PermitAsync(row);
        var result = claimed is null ? null : await HandOverAsync(claimed, stop);
        if (await dispatch.ClaimAsync(row, stop) is { } marked && result is not null) await FinishAsync(marked, result);
    }

    /// <summary>What a busy or stopped process does anyhow, at the moment that the fault leaves open, and often enough to be met within seconds.</summary>
    public static Task HesitateAsync(CancellationToken stop) => Task.Delay(RandomNumberGenerator.GetInt32(100, 300), stop);

    private async Task<SendResult> HandOverAsync(ClaimedContact claimed, CancellationToken stop)
    {
        try
        {
            var row = claimed.Row;
            var message = new MailMessage { From = "care@regard.example", Subject = row.Subject, Text = row.Content, MessageId = row.MessageId, Date = clock.GetCurrentInstant() };
            await using var slot = await route.OpenAsync(claimed.Permit, message, stop);
            await slot.HandOverAsync(stop);
            return await slot.ResultAsync(CancellationToken.None);
        }
        catch (MailFailure failure)
        {
            return failure.Result;
        }
    }

    private async Task FinishAsync(ClaimedContact claimed, SendResult result)
    {
        await using var work = await database.WriteAsync(CancellationToken.None);
        var now = clock.GetCurrentInstant();
        await new OutboxStore(work).FinishAsync([new FinishedContact(claimed.Row, claimed.Worker, result, AfterSending.Of(result, claimed.Permit.Purpose, claimed.Row.Attempts, now))], now);
        await work.CommitAsync();
    }

    private async Task<(ClaimedContact? Claimed, ContactVerdict Verdict)> PermitAsync(OutboxRow row)
    {
        AskedOf asked;
        long version;
        await using (var look = await database.ReadAsync(CancellationToken.None))
        {
            asked = await new LedgerStore(look).AskedAsync(row.CustomerId, row.DecisionId) ?? throw new InvalidOperationException("The message has moved meanwhile.");
            version = (await new ContactStateStore(look).ReadAsync(row.CustomerId)).Version;
        }
        var now = clock.GetCurrentInstant();
        var (_, verdict) = await PlantedDesk.DecideAsync(database, asked.Request with { CustomerId = row.CustomerId, Channels = [Channel.Email] }, now, row.OutboxId);
        var permit = verdict.Kind == VerdictKind.Permitted ? verdict.ToPermit(row.DecisionId, now + ClaimStore.ClaimLasts) : null;
        return (permit is null ? null : new ClaimedContact(row with { Attempts = row.Attempts + 1 }, permit, version, worker), verdict);
    }
}
