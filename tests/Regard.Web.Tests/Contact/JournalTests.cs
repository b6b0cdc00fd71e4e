using NodaTime.Testing;
using Regard.Channels;
using Regard.Customers;
using Regard.Kit;
using Regard.Storage;
using Regard.Storage.Archive;
using Regard.Storage.Journal;

namespace Regard.Contact;

/// <summary>A database that was brought back to an earlier time has forgotten what customers said since. Nothing is sent before it knows it again.</summary>
public sealed class JournalTests
{
    private static readonly Wish NoCare = new() { Purposes = [new PurposeWish(Purpose.Care, [])] };

    [Fact, Trait("req", "P5"), Trait("pace", "long")]
    public async Task an_opt_out_survives_a_real_restore_of_postgresql_to_an_earlier_moment()
    {
        await using var cluster = await PrivateCluster.StartAsync();
        var folder = Directory.CreateTempSubdirectory("regard-journal-").FullName;
        var settings = new RegardSettings { DataFolder = folder, ConnectionString = cluster.ConnectionString, RunsJobs = false };
        Guid anna, otto;
        Instant before;
        await using (var database = settings.OpenDatabase())
        {
            (anna, otto) = await PrepareAsync(database);
            await cluster.BackUpAsync();
            await using (var work = await database.ReadAsync(default)) before = await work.ScalarAsync<Instant>("select clock_timestamp()");
            await Task.Delay(50, TestContext.Current.CancellationToken);
            await OptOutAndEraseAsync(database, anna, otto);
        }
        await cluster.RestoreAsync(before);
        await F4_ShouldNotReadAReplicaAsync(settings);
        await cluster.PromoteAsync();
        await using (var restored = settings.OpenDatabase()) await ShouldKnowItAgainAsync(restored, settings, anna, otto);
        Directory.Delete(folder, recursive: true);
    }

    [Fact, Trait("req", "P5")]
    public async Task an_opt_out_survives_a_restored_backup_of_sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("regard-journal-").FullName;
        var first = new RegardSettings { DataFolder = Path.Combine(folder, "first"), RunsJobs = false };
        var second = new RegardSettings { DataFolder = Path.Combine(folder, "second"), JournalFolder = Path.Combine(folder, "first", "journal"), RunsJobs = false };
        foreach (var settings in new[] { first, second }) Directory.CreateDirectory(settings.DataFolder);
        var backup = Path.Combine(folder, "backup.zip");
        Guid anna, otto;
        await using (var database = first.OpenDatabase())
        {
            (anna, otto) = await PrepareAsync(database);
            await ArchiveWriter.WriteAsync(database, backup, ContactKit.Noon, null, default);
            await OptOutAndEraseAsync(database, anna, otto);
        }
        await using (var restored = second.OpenDatabase())
        {
            await new Migrator(restored, SystemClock.Instance).ApplyAsync(default);
            await ArchiveReader.RestoreAsync(restored, backup, null, default);
            await ShouldKnowItAgainAsync(restored, second, anna, otto);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task a_line_that_was_changed_is_found_and_one_that_was_torn_by_a_crash_is_cut_off()
    {
        var folder = Directory.CreateTempSubdirectory("regard-journal-").FullName;
        var entry = new JournalEntry("erasure", GuidOf(1), ContactKit.Noon, new Json("{}"));
        await using (var journal = new SuppressionJournal(folder)) await journal.AppendAsync([entry, entry]);
        var file = Path.Combine(folder, JournalFolder.Names(folder).ShouldHaveSingleItem());
        await File.AppendAllTextAsync(file, "[\"3\",\"era", TestContext.Current.CancellationToken);
        await using (var journal = new SuppressionJournal(folder))
        {
            await journal.AppendAsync([entry]);
            // Another process that is alive at the same time writes its own file.
            await using var other = new SuppressionJournal(folder);
            await other.AppendAsync([entry]);
        }
        JournalFolder.Read(folder, Path.GetFileName(file)).Select(line => line.Number).ShouldBe([1, 2, 3]);
        JournalFolder.Names(folder).Count.ShouldBe(2);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Replace(GuidOf(1).ToString(), GuidOf(2).ToString(), StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Should.Throw<StorageRefusal>(() => JournalFolder.Read(folder, Path.GetFileName(file)).ToList()).Message.ShouldContain("line 1");
        Directory.Delete(folder, recursive: true);
    }

    // A server that only recovers may lag behind what customers said.
    private static async Task F4_ShouldNotReadAReplicaAsync(RegardSettings settings)
    {
        await using var replica = settings.OpenDatabase();
        (await Should.ThrowAsync<StorageRefusal>(() => Durability.RequireAsync(replica, default))).Message.ShouldContain("replica");
    }

    // Two customers for whom a mail waits, in a database whose marks are set.
    private static async Task<(Guid Anna, Guid Otto)> PrepareAsync(Database database)
    {
        await new Migrator(database, SystemClock.Instance).ApplyAsync(default);
        var ids = new List<Guid>();
        foreach (var name in new[] { "anna", "otto" })
        {
            await using var work = await database.WriteAsync(default);
            var draft = new CustomerDraft { Name = name, TimeZone = "Europe/Berlin", Source = "test", Identities = [IdentityDraft.Email($"{name}@example.org")] };
            var id = (await new CustomerStore(work).RecordAsync(draft, ContactKit.By, ContactKit.Noon)).Id;
            await new PreferenceStore(work).RecordAsync(ContactKit.Statement(id, new Wish { Language = "de" }, ContactKit.Noon), ContactKit.Noon);
            await new ContactDesk(work).RequestAsync(ContactKit.Request(id, channels: Channel.Email), new ContactDraft { Subject = "A change", Text = "Dear customer" }, ContactKit.Noon);
            await work.CommitAsync();
            ids.Add(id);
        }
        await new JournalWatch(database).RequireAsync(ContactKit.Noon, default);
        return (ids[0], ids[1]);
    }

    private static async Task OptOutAndEraseAsync(Database database, Guid anna, Guid otto)
    {
        await using (var work = await database.WriteAsync(default))
        {
            await new PreferenceStore(work).RecordAsync(ContactKit.Statement(anna, NoCare, ContactKit.Noon, "no more, please"), ContactKit.Noon);
            await work.CommitAsync();
        }
        await using (var erasing = await database.WriteAsync(default))
        {
            await new EraseStore(erasing).EraseAsync(otto, ContactKit.Noon);
            await erasing.CommitAsync();
        }
        foreach (var name in JournalFolder.Names(database.Journal.Folder))
            foreach (var line in JournalFolder.Read(database.Journal.Folder, name))
                (line.Entry.Body.Text.Contains("please", StringComparison.Ordinal) || line.Entry.Body.Text.Contains("example.org", StringComparison.Ordinal)).ShouldBeFalse("it holds no words and no addresses");
    }

    private static async Task ShouldKnowItAgainAsync(Database restored, RegardSettings settings, Guid anna, Guid otto)
    {
        await using (var work = await restored.ReadAsync(default))
            (await new PreferenceStore(work).WishesAsync(anna)).For(Purpose.Care).ShouldBeNull("the restore has forgotten it");
        // Without the journal nothing is sent.
        var folder = restored.Journal.Folder;
        Directory.Move(folder, folder + ".away");
        (await Should.ThrowAsync<StorageRefusal>(() => new JournalWatch(restored).RequireAsync(ContactKit.Noon, default))).Message.ShouldStartWith("HOLD");
        Directory.Move(folder + ".away", folder);
        var replayed = await JournalReplay.RunAsync(restored, ContactKit.Noon, default);
        (replayed.Missing, replayed.Unknown).ShouldBe((2, 0));
        (await JournalReplay.RunAsync(restored, ContactKit.Noon, default)).ShouldBe(new ReplayResult(0, 0));
        await using var sink = new SmtpSink();
        var dispatch = new Dispatch(restored, settings, new FakeClock(ContactKit.Noon), new SmtpRoute(SmtpServer.Read(sink.Address)), "one");
        await dispatch.RunAsync(10, default);
        sink.Mails.ShouldBeEmpty();
        await using var after = await restored.ReadAsync(default);
        (await new PreferenceStore(after).WishesAsync(anna)).For(Purpose.Care)!.Channels.ShouldBe([]);
        (await new ProfileStore(after).ReadAsync(otto))!.ErasedAt.ShouldNotBeNull();
    }

    private static Guid GuidOf(byte n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
