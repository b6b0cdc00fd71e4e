using Regard.Kit;

namespace Regard.Ingestion;

public sealed class ForgettingTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 9, 0);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "L7")]
    public async Task an_event_is_known_for_ninety_days_after_it_came_in_and_then_forgotten(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var longAgo = Now - WaitingStore.KnownFor - Duration.FromSeconds(1);
        await using (var work = await data.WriteAsync())
        {
            await new InboxStore(work).KeepNewAsync([.. Enumerable.Range(0, 2500).Select(n => Event($"old {n}", longAgo)), Event("young", Now - WaitingStore.KnownFor), Event("waits", longAgo), Event("broken", longAgo, "no_products")]);
            await new InboxStore(work).KeepNewAsync([Event("visitor", Now - WaitingStore.HeldFor - Duration.FromSeconds(1)), Event("new visitor", Now - WaitingStore.HeldFor)]);
            await work.ExecuteAsync("update ingest_event set state = 'done', body = null where message_id = 'young' or message_id like 'old %'");
            await work.ExecuteAsync("update ingest_event set state = 'discarded' where message_id = 'old 7'");
            await work.ExecuteAsync("update ingest_event set state = 'held' where message_id like '%visitor'");
            await work.CommitAsync();
        }
        await IngestJob.ForgetAsync(data.Database, Now, CancellationToken.None);
        await using (var work = await data.WriteAsync())
        {
            (await work.ListAsync<string>("select message_id from ingest_event order by message_id")).ShouldBe(["broken", "new visitor", "waits", "young"], "what was not dealt with is never forgotten");
            // Told again within its ninety days, it is still known.
            await new InboxStore(work).KeepNewAsync([Event("young", Now)]);
            (await work.ScalarAsync<string>("select state from ingest_event where message_id = 'young'")).ShouldBe("done");
        }
    }

    private static ReceivedEvent Event(string id, Instant at, string? fault = null) => new() { MessageId = id, Source = "shop", ReceivedAt = at, Type = "track", Ordinal = 0, Body = "{}"u8.ToArray(), Fault = fault };
}
