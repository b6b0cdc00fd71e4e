using System.CommandLine;
using System.CommandLine.Parsing;
using Regard.Access;
using Regard.Api;
using Regard.Changes;
using Regard.Storage;

namespace Regard.Commands;

/// <summary><c>regard plan</c>: registers a change, shows whom it hurts, proposes who is told in person, and starts it when asked to.</summary>
internal static class PlanCommand
{
    private static readonly Option<string?> ChangeFileName = new("--change") { Description = "file with the change (JSON: kind, title, reason, effective_on, percent or products with new_price)" };
    private static readonly Option<int?> Bestsellers = new("--bestsellers") { Description = "in place of a file: the so many best-selling products" };
    private static readonly Option<string?> Raise = new("--raise") { Description = "with --bestsellers: by how much they become dearer, for example 8%" };
    private static readonly Option<string?> EffectiveOn = new("--effective-on") { Description = "with --bestsellers: from which day (YYYY-MM-DD; 60 days from today when absent)" };
    private static readonly Option<string> Reason = new("--reason") { Description = "with --bestsellers: why, in plain words", DefaultValueFactory = _ => "Our own costs have risen." };
    private static readonly Option<decimal> StaffHours = new("--staff-hours") { Description = "hours that staff have for personal contacts", DefaultValueFactory = _ => 10 };
    private static readonly Option<string?> AsOf = new("--as-of") { Description = "count the last twelve months back from this day (default: today, or where the records end)" };
    private static readonly Option<int> Top = new("--top") { Description = "how many customers to show", DefaultValueFactory = _ => 15 };
    private static readonly Option<bool> Start = new("--start") { Description = "carry the plan out now" };

    public static Command Build()
    {
        var command = new Command("plan", "Who is hurt most by a change, and who should be told in person (the same change told twice is registered once; exit code 2: it cannot be registered, or not be started)")
        {
            ChangeFileName, Bestsellers, Raise, EffectiveOn, Reason, StaffHours, AsOf, Top, Start,
        };
        // A day that cannot be read must not become another one.
        command.Validators.Add(parsed =>
        {
            foreach (var day in new[] { EffectiveOn, AsOf })
                if (parsed.GetValue(day) is { } text && IsoDay.Read(text) is null) parsed.AddError($"{day.Name}: {text} is no day; write it as 2027-01-31");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var (clock, by) = (SystemClock.Instance, Actor.System("plan"));
        var now = clock.GetCurrentInstant();
        await using var database = await Startup.OpenAsync(CommonOptions.Settings(parsed), clock, stop);
        LocalDate asOf;
        await using (var work = await database.ReadAsync(stop)) asOf = IsoDay.Read(parsed.GetValue(AsOf)) ?? await HistoryStore.AsOfAsync(work, now.InUtc().Date);
        if (await RegisterAsync(parsed, database, asOf, by, now) is not { } change) return 2;
        var affected = new Progress<long>();
        var planId = await Terminal.WithProgressAsync("measuring", line =>
        {
            affected.ProgressChanged += (_, count) => line.Describe($"measuring: {count} customers affected");
            return new PlanMaking(database, (work, id) => PlanContact.MeansAsync(work, id, change, now)).MakeAsync(change, new((int)(parsed.GetValue(StaffHours) * 60), asOf), by, now, affected, stop);
        });
        if (parsed.GetValue(Start) && !await StartAsync(database, planId, stop))
        {
            Terminal.Note("plan: nothing was started: another plan for this change is under way, and nobody is told twice.");
            return 2;
        }
        await using var read = await database.ReadAsync(stop);
        var plan = (await new PlanStore(read).RowAsync(planId))!;
        PlanTable.Print(plan, await new ImpactStore(read).PageAsync(planId, new ImpactQuery(), Math.Clamp(parsed.GetValue(Top), 0, 1000)), await new PlanStore(read).CountsAsync(planId));
        return 0;
    }

    private static async Task<Change?> RegisterAsync(ParseResult parsed, Database database, LocalDate asOf, Actor by, Instant now)
    {
        await using var work = await database.WriteAsync(default);
        var catalogue = new ChangeProductStore(work);
        if (await InputAsync(parsed, catalogue, asOf, now) is not { } input) return null;
        var (draft, problems) = await ChangeIntake.ReadAsync(catalogue, input, now);
        foreach (var problem in problems) Terminal.Note($"plan: {problem.Field}: {problem.Text}");
        if (problems.Count > 0) return null;
        var id = Ids.New(now);
        var registered = await new ChangeStore(work).RegisterAsync(draft.Accept(id), "command", input.SourceId ?? input.ContentId(), by, now);
        await work.CommitAsync();
        await using var read = await database.ReadAsync(default);
        var row = (await new ChangeStore(read).RowAsync(registered.Id))!;
        if (row.State == "withdrawn")
        {
            Terminal.Note("plan: this change was registered before and then withdrawn: nothing is planned. To register it anew, give it another source_id.");
            return null;
        }
        if (!registered.IsNew) Terminal.Note($"plan: this change is registered already, since {row.CreatedAt.InUtc().Date:uuuu-MM-dd}: it is planned for once more, not registered again.");
        return await new ChangeStore(read).FindAsync(registered.Id);
    }

    private static async Task<ChangeInput?> InputAsync(ParseResult parsed, ChangeProductStore catalogue, LocalDate asOf, Instant now)
    {
        if (parsed.GetValue(ChangeFileName) is { } name)
        {
            try
            {
                return ChangeFile.Read(await File.ReadAllTextAsync(name));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
            {
                Terminal.Note($"plan: {failure.Message}");
                return null;
            }
        }
        if (parsed.GetValue(Bestsellers) is not { } count || ChangeIntake.Number(parsed.GetValue(Raise)) is not { } percent)
        {
            Terminal.Note("plan: say what changes: --change FILE, or --bestsellers 3 --raise 8%");
            return null;
        }
        var best = await catalogue.BestsellersAsync(Math.Clamp(count, 1, ChangeDraft.ProductLimit), asOf, now);
        return new ChangeInput
        {
            Kind = ChangeKind.Price,
            Title = $"New prices for {string.Join(", ", best.Select(p => p.Name))}" is { Length: > ChangeDraft.TitleLimit } title ? title[..ChangeDraft.TitleLimit] : $"New prices for {string.Join(", ", best.Select(p => p.Name))}",
            Reason = parsed.GetValue(Reason),
            EffectiveOn = IsoDay.Read(parsed.GetValue(EffectiveOn)) ?? now.InUtc().Date.PlusDays(60),
            Percent = percent,
            Products = [.. best.Select(p => new ProductInput { Sku = p.Sku })],
        };
    }

    private static async Task<bool> StartAsync(Database database, Guid planId, CancellationToken stop)
    {
        await using (var work = await database.WriteAsync(stop))
        {
            if (!await new PlanStore(work).StartAsync(planId, SystemClock.Instance.GetCurrentInstant())) return false;
            await work.CommitAsync();
        }
        var done = new Progress<long>();
        return await Terminal.WithProgressAsync("asking the gate", async line =>
        {
            done.ProgressChanged += (_, count) => line.Describe($"asking the gate: {count} customers");
            await new PlanStart(database, SystemClock.Instance).RunAsync(planId, done, stop);
            return true;
        });
    }
}
