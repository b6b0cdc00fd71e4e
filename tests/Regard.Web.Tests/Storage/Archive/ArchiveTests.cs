using System.IO.Compression;
using System.Text.Json.Nodes;
using Dapper;
using Regard.Kit;

namespace Regard.Storage.Archive;

public sealed class ArchiveTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 29, 1, 30).PlusTicks(1230);

    [Theory]
    [InlineData("sqlite", "postgres")]
    [InlineData("postgres", "sqlite")]
    [InlineData("sqlite", "sqlite")]
    [InlineData("postgres", "postgres")]
    public async Task a_shop_moves_from_one_engine_to_another_and_back_and_nothing_changes(string from, string to)
    {
        await using var first = await TestDatabase.MakeAsync(from);
        await using var second = await TestDatabase.MakeAsync(to);
        await using var third = await TestDatabase.MakeAsync(from);
        await FillAsync(first);
        var there = await BackUpAsync(first);
        await ArchiveReader.RestoreAsync(second.Database, there, null, default);
        var back = await BackUpAsync(second);
        await ArchiveReader.RestoreAsync(third.Database, back, null, default);
        var wanted = Contents(there);
        wanted.ShouldContain(line => line.Contains("Ünïcödé", StringComparison.Ordinal));
        wanted.Count.ShouldBe(1 + 3 + 1 + 1 + 1);
        Contents(back).ShouldBe(wanted);
        Contents(await BackUpAsync(third)).ShouldBe(wanted);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_backup_goes_only_into_an_empty_database(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await FillAsync(data);
        var file = await BackUpAsync(data);
        (await Should.ThrowAsync<StorageRefusal>(() => ArchiveReader.RestoreAsync(data.Database, file, null, default))).Message.ShouldContain("not empty");
        (await Should.ThrowAsync<StorageRefusal>(() => ArchiveWriter.WriteAsync(data.Database, file, Now, null, default))).Message.ShouldContain("there already");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_damaged_backup_changes_nothing(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var empty = await TestDatabase.MakeAsync(engine);
        await FillAsync(data);
        var file = await BackUpAsync(data);
        Rewrite(file, "tables/touchpoint.ndjson", text => text.Replace("call 1", "call 9", StringComparison.Ordinal));
        (await Should.ThrowAsync<StorageRefusal>(() => ArchiveReader.RestoreAsync(empty.Database, file, null, default))).Message.ShouldContain("damaged");
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..200]);
        (await Should.ThrowAsync<StorageRefusal>(() => ArchiveReader.RestoreAsync(empty.Database, file, null, default))).Message.ShouldContain("damaged");
        await using var work = await empty.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from customer")).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_backup_sees_one_moment_while_others_write(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await FillAsync(data);
        await using var snapshot = await data.Database.SnapshotAsync(default);
        (await snapshot.ScalarAsync<long>("select count(*) from touchpoint")).ShouldBe(3);
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("delete from touchpoint");
            await work.CommitAsync();
        }
        (await snapshot.ScalarAsync<long>("select count(*) from touchpoint")).ShouldBe(3);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task what_opens_doors_is_not_brought_back(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var tables = Contents(await BackUpAsync(data), names: true);
        tables.ShouldContain("tables/staff.ndjson");
        tables.ShouldNotContain("tables/staff_session.ndjson");
        tables.ShouldNotContain("tables/portal_link.ndjson");
        tables.ShouldNotContain("tables/lease.ndjson");
    }

    private static async Task FillAsync(TestDatabase data)
    {
        await using var work = await data.WriteAsync();
        var id = Ids.New(Now);
        await work.ExecuteAsync(
            "insert into customer (customer_id, kind, name, source, created_at, updated_at) values (@id, 'person', 'Ünïcödé \"☎\" \\ <b>', 'test', @Now, @Now)", new { id, Now });
        for (var n = 0; n < 3; n++)
            await work.ExecuteAsync(
                "insert into touchpoint (customer_id, touchpoint_id, at, department, kind, direction, summary, body, source, source_id, recorded_at) values (@id, @call, @Now, 'service', 'call', 'in', @summary, @body, 'test', @summary, @Now)",
                new { id, call = Ids.New(Now), Now, summary = $"call {n}", body = new Json("{\"b\": [1, 2.5], \"a\": \"é\"}") });
        await work.ExecuteAsync("insert into timeline_rollup (customer_id, touchpoints, first_at, last_at) values (@id, @many, @Now, @Now)", new { id, many = long.MaxValue, Now });
        await work.ExecuteAsync("insert into account_member (customer_id, person_id, role, is_primary, recorded_at, recorded_by) values (@id, @id, 'x', @yes, @Now, 'test')", new { id, yes = true, Now });
        await work.ExecuteAsync("insert into product (product_id, sku, name, source, discontinued_on, created_at, updated_at) values (@id, 'A', 'B', 'test', @day, @Now, @Now)", new { id, day = new LocalDate(2024, 2, 29), Now });
        await work.CommitAsync();
    }

    private static async Task<string> BackUpAsync(TestDatabase data)
    {
        var file = Path.Combine(data.Settings.DataFolder, $"{Ids.New(Now):N}.zip");
        await ArchiveWriter.WriteAsync(data.Database, file, Now, null, default);
        return file;
    }

    // JSON columns are compared by what they mean: PostgreSQL keeps their meaning and not their spaces.
    private static List<string> Contents(string file, bool names = false)
    {
        using var archive = ZipFile.OpenRead(file);
        var entries = archive.Entries.Where(entry => entry.FullName != Manifest.EntryName).ToList();
        return names ? [.. entries.Select(entry => entry.FullName)] : [.. entries.SelectMany(entry => Lines(entry).Select(line => $"{entry.FullName} {Plain(line)}")).Order(StringComparer.Ordinal)];
    }

    private static string Plain(string line) => new JsonArray([.. JsonNode.Parse(line)!.AsArray().Select(value =>
        value?.GetValueKind() == System.Text.Json.JsonValueKind.String && value.GetValue<string>().StartsWith('{')
            ? new JsonArray([.. JsonNode.Parse(value.GetValue<string>())!.AsObject().OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (JsonNode)$"{p.Key}={p.Value!.ToJsonString()}")])
            : value?.DeepClone())]).ToJsonString(Json.Options);

    private static IEnumerable<string> Lines(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static void Rewrite(string file, string name, Func<string, string> change)
    {
        using var archive = ZipFile.Open(file, ZipArchiveMode.Update);
        var entry = archive.GetEntry(name)!;
        string text;
        using (var reader = new StreamReader(entry.Open())) text = reader.ReadToEnd();
        entry.Delete();
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(change(text));
    }
}
