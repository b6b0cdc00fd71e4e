using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Access;
using Regard.Api;
using Regard.Contact;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>Who is behind a campaign's numbers: before it is started, and after.</summary>
internal static class CampaignCustomerEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/campaigns/{id:guid}/customers", ListAsync).ForStaff(Right.CampaignsRead);
        routes.MapPost("/campaigns/{id:guid}/customers", Search).ForStaff(Right.CampaignsRead);
        routes.MapGet("/campaigns/{id:guid}/customers.csv", ExportAsync).ForStaff(Right.CustomersExport);
        routes.MapGet("/campaigns/{id:guid}/letter/{customerId:guid}", LetterAsync).ForStaff(Right.CampaignsRead);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Guid id, [AsParameters] CampaignAsked asked, Database database, IClock clock, SealedWords words)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        if (await new CampaignStore(work).FindAsync(id) is not { } row) return Faces.Missing();
        http.Response.Headers.CacheControl = "no-store";
        var text = words.Open(asked.Search);
        if (row.State == "draft")
        {
            var names = await (await CampaignPreview.TakeAsync(work, row, now)).NamesAsync(work, asked.Group, new AudiencePlace(CampaignEndpoints.IdOf(asked.After), PageSize + 1, text, now));
            return new RazorComponentResult<CampaignNamesPage>(new
            {
                Row = row,
                Asked = asked,
                Text = text,
                Names = (IReadOnlyList<AudienceName>)[.. names.Take(PageSize)],
                Next = names.Count > PageSize ? (asked with { After = $"{names[PageSize - 1].CustomerId}" }).Href(id) : null,
                MayExport = http.Actor().May(Right.CustomersExport),
            });
        }
        var lines = await new CampaignContactStore(work).PageAsync(id, asked.Query(words, now), PageSize + 1);
        return new RazorComponentResult<CampaignLinesPage>(new
        {
            Row = row,
            Asked = asked,
            Text = text,
            Lines = (IReadOnlyList<CampaignLine>)[.. lines.Take(PageSize)],
            Next = lines.Count > PageSize ? (asked with { After = CampaignAsked.AfterLine(lines[PageSize - 1], words) }).Href(id) : null,
            MayExport = http.Actor().May(Right.CustomersExport),
            Now = now,
        });
    }

    // What somebody looks for is nobody's business: it stands in the address only sealed.
    private static IResult Search(Guid id, [FromForm] CampaignSearch? form, SealedWords words)
    {
        var text = form?.Q?.Trim() ?? "";
        return SeeOther.To(new CampaignAsked { Group = form?.Group, Outcome = form?.Outcome, Reason = form?.Reason, Sort = form?.Sort, Dir = form?.Dir, Search = text.Length is 0 or > 100 ? null : words.Seal(text) }.Href(id));
    }

    private static async Task<IResult> ExportAsync(HttpContext http, Guid id, [AsParameters] CampaignAsked asked, Database database, IClock clock, SealedWords words)
    {
        var now = clock.GetCurrentInstant();
        CampaignRow? row;
        await using (var trail = await database.WriteAsync(http.RequestAborted))
        {
            row = await new CampaignStore(trail).FindAsync(id);
            if (row is null) return Faces.Missing();
            await new CampaignDesk(trail).ExportedAsync(id, http.Actor(), now);
            await trail.CommitAsync();
        }
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        if (row.State == "draft")
        {
            var preview = await CampaignPreview.TakeAsync(work, row, now);
            var text = words.Open(asked.Search);
            await CsvFile.WriteAsync<AudienceName>(http, "campaign-preview.csv", (last, size) => preview.NamesAsync(work, asked.Group, new AudiencePlace(last?.CustomerId, size, text, now)));
        }
        else
        {
            var query = asked.Query(words, now);
            await CsvFile.WriteAsync<CampaignLine>(http, "campaign-customers.csv", (last, size) =>
                new CampaignContactStore(work).PageAsync(id, last is null ? query with { After = null } : query with { After = (last.Name, last.AskedAt, last.CustomerId) }, size));
        }
        return Results.Empty;
    }

    private static async Task<IResult> LetterAsync(HttpContext http, Guid id, Guid customerId, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CampaignStore(work).FindAsync(id) is not { } row || await new CustomerStore(work).CurrentAsync(customerId) is not { } current) return Faces.Missing();
        if (await new CampaignFactStore(work).ReadAsync(current, row.Whom()) is not { } reader) return Faces.Missing();
        http.Response.Headers.CacheControl = "no-store";
        var letter = reader.Letter(row.Draft());
        var answer = (await new ContactDesk(work).PreviewAsync(row.Request(current), clock.GetCurrentInstant()))!;
        return new RazorComponentResult<CampaignLetterPage>(new
        {
            Row = row,
            CustomerId = current,
            reader.Name,
            letter?.Subject,
            letter?.Text,
            Language = LetterBook.LanguageOf(letter?.Wording),
            Missing = reader.Missing(row.Draft()),
            answer.Verdict,
            answer.Channel,
            answer.NotBefore,
            answer.Reasons,
        });
    }
}

/// <summary>How a campaign's customers are looked at, as it stands in the address. A word that stands for nothing filters nothing.</summary>
public sealed record CampaignAsked
{
    /// <summary>Of a preview: which number.</summary>
    [FromQuery(Name = "group")] public string? Group { get; init; }

    [FromQuery(Name = "outcome")] public string? Outcome { get; init; }
    [FromQuery(Name = "reason")] public string? Reason { get; init; }

    /// <summary>"moment", or by name.</summary>
    [FromQuery(Name = "sort")] public string? Sort { get; init; }

    [FromQuery(Name = "dir")] public string? Dir { get; init; }

    /// <summary>A part of a name, sealed.</summary>
    [FromQuery(Name = "s")] public string? Search { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    public bool IsByName => Sort != "moment";

    public string Href(Guid campaignId) => $"/campaigns/{campaignId}/customers{Written}";

    /// <summary>The same list from its first row.</summary>
    public CampaignAsked First => this with { After = null };

    /// <summary>Sorted by a column; when it is already, the other way round.</summary>
    public CampaignAsked SortedBy(string sort) => First with { Sort = sort == "name" ? null : sort, Dir = (Sort ?? "name") == sort && Dir != "desc" ? "desc" : null };

    public string? Direction(string sort) => (Sort ?? "name") != sort ? null : Dir == "desc" ? "descending" : "ascending";

    /// <summary>The query part of the address, "?" included; empty when nothing is asked for.</summary>
    public string Written
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in new[] { ("group", Group), ("outcome", Outcome), ("reason", Reason), ("sort", Sort), ("dir", Dir), ("s", Search), ("after", After) })
                if (!string.IsNullOrWhiteSpace(value)) query = query.Add(name, value);
            return query.Value ?? "";
        }
    }

    /// <summary>Where the list goes on after a line: a name is in it, so it is sealed.</summary>
    internal static string AfterLine(CampaignLine line, SealedWords words) => words.Seal($"{line.CustomerId}\n{InstantPattern.ExtendedIso.Format(line.AskedAt)}\n{line.Name}");

    internal CampaignQuery Query(SealedWords words, Instant now)
    {
        var place = words.Open(After)?.Split('\n', 3);
        return new CampaignQuery
        {
            Outcome = Words.Read<CampaignOutcome>(Outcome),
            ReasonCode = string.IsNullOrWhiteSpace(Reason) ? null : Reason,
            Text = words.Open(Search),
            IsByName = IsByName,
            IsDescending = Dir == "desc",
            After = place is [var id, var at, var name] && CampaignEndpoints.IdOf(id) is { } customer && InstantPattern.ExtendedIso.Parse(at) is { Success: true } moment ? (name, moment.Value, customer) : null,
            Now = now,
        };
    }
}

/// <summary>What the form above a campaign's customers sends.</summary>
internal sealed record CampaignSearch
{
    public string? Q { get; init; }
    public string? Group { get; init; }
    public string? Outcome { get; init; }
    public string? Reason { get; init; }
    public string? Sort { get; init; }
    public string? Dir { get; init; }
}
