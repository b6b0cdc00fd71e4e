using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>All tasks, also those that are not due yet, came too late or are done.</summary>
internal static class TaskListEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tasks", ListAsync).ForStaff(Right.TasksWork);
        routes.MapGet("/tasks.csv", ExportAsync).ForStaff(Right.CustomersExport);
    }

    private static async Task<RazorComponentResult<TaskListPage>> ListAsync(HttpContext http, [AsParameters] TaskListQuery asked, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var rows = await new TaskStore(work).ListAsync(asked.Query(http.Actor()), PageSize + 1);
        http.Response.Headers.CacheControl = "no-store";
        return new(new
        {
            Asked = asked,
            Rows = rows.Take(PageSize).ToList(),
            Next = rows.Count > PageSize ? asked.Beyond(rows[PageSize - 1]).Href : null,
            Staff = (await new StaffStore(work).ListAsync()).ToDictionary(member => member.StaffId, member => member.Name),
            MaySeeTeam = http.Actor().May(Right.TasksAssign),
            MayExport = http.Actor().May(Right.CustomersExport),
            Now = clock.GetCurrentInstant(),
        });
    }

    private static async Task ExportAsync(HttpContext http, [AsParameters] TaskListQuery asked, Database database)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<TaskRow>(http, "tasks.csv", (last, size) => new TaskStore(work).ListAsync((last is null ? asked : asked.Beyond(last)).Query(http.Actor()), size));
    }
}

/// <summary>How the list of tasks is looked at, as it stands in the address. A word that stands for nothing filters nothing.</summary>
public sealed record TaskListQuery
{
    /// <summary>"late", "done", or the open ones.</summary>
    [FromQuery(Name = "show")] public string? Show { get; init; }

    /// <summary>"1": the whole team's, for whoever may see them.</summary>
    [FromQuery(Name = "team")] public string? Team { get; init; }

    /// <summary>"desc": the latest first.</summary>
    [FromQuery(Name = "dir")] public string? Dir { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    public bool IsTeam => Team == "1";

    public bool IsDescending => Dir == "desc";

    public string Href => "/tasks" + Words;

    /// <summary>The query part of the address, "?" included; empty when nothing is asked for.</summary>
    public string Words
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in new[] { ("show", Show), ("team", Team), ("dir", Dir), ("after", After) })
                if (!string.IsNullOrWhiteSpace(value)) query = query.Add(name, value);
            return query.Value ?? "";
        }
    }

    public TaskListQuery First => this with { After = null };

    /// <summary>The same list after a row.</summary>
    public TaskListQuery Beyond(TaskRow row) => this with { After = $"{InstantPattern.ExtendedIso.Format(row.DueAt)}_{row.TaskId}" };

    /// <summary>The tasks that this person may see.</summary>
    internal TaskQuery Query(Actor actor) => new()
    {
        AssignedTo = IsTeam && actor.May(Right.TasksAssign) ? null : actor.Id,
        WithUnassigned = true,
        IsLate = Show == "late",
        IsDone = Show == "done",
        IsDescending = IsDescending,
        After = RowPlace.ByInstant(After?.Split('_')),
    };
}
