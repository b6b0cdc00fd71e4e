using System.Runtime.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Access;
using Regard.Cases;
using Regard.Contact;
using Regard.Layout;
using Regard.Storage;
using Regard.Webhooks;

namespace Regard.Outreach;

/// <summary>The staff's day: what is due, and recording what came of it.</summary>
internal static class TodayEndpoints
{
    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/today", TodayAsync).ForStaff(Right.TasksWork);
        routes.MapGet("/tasks/{customerId:guid}/{taskId:guid}", ShowAsync).ForStaff(Right.TasksWork);
        routes.MapPost("/tasks/{customerId:guid}/{taskId:guid}", RecordAsync).ForStaff(Right.TasksWork);
        routes.MapPost("/tasks/{customerId:guid}/{taskId:guid}/reroute", RerouteAsync).ForStaff(Right.TasksWork);
        routes.MapPost("/tasks/{customerId:guid}/{taskId:guid}/assign", AssignAsync).ForStaff(Right.TasksAssign);
    }

    private static async Task<IResult> TodayAsync(HttpContext http, Database database, IClock clock, string? team)
    {
        var (actor, now) = (http.Actor(), clock.GetCurrentInstant());
        var maySeeTeam = actor.May(Right.TasksAssign);
        var isTeam = maySeeTeam && team == "1";
        await using var work = await database.ReadAsync(http.RequestAborted);
        var tasks = await new TaskStore(work).ListAsync(new TaskQuery { AssignedTo = isTeam ? null : actor.Id, WithUnassigned = true }, Most);
        var late = await new TaskStore(work).ListAsync(new TaskQuery { AssignedTo = isTeam ? null : actor.Id, WithUnassigned = true, IsLate = true }, Most);
        var endOfDay = now.InZone(Zone(http)).Date.PlusDays(1).AtStartOfDayInZone(Zone(http)).ToInstant();
        var due = new List<DueTask>();
        foreach (var task in tasks.Where(task => task.DueAt < endOfDay)) due.Add(await TaskContact.LookAsync(work, task, now));
        return new RazorComponentResult<TodayPage>(new
        {
            View = new TodayView
            {
                Tasks = due,
                Late = late,
                House = await new HouseTaskStore(work).OpenAsync(isTeam ? null : actor.Id, Most),
                Later = tasks.Count - due.Count,
                Cases = await new CaseStore(work).ListAsync(new CaseQuery { OwnerId = isTeam ? null : actor.Id }, Most),
                IsTeam = isTeam,
                MaySeeTeam = maySeeTeam,
                Now = now,
                SwitchedOff = actor.May(Right.WebhooksManage) ? [.. (await new WebhookEndpointStore(work).ListAsync()).Where(endpoint => endpoint.State == "disabled")] : [],
                Staff = (await new StaffStore(work).ListAsync()).ToDictionary(member => member.StaffId, member => member.Name),
            },
        });
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Database database, IClock clock, Guid customerId, Guid taskId)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new TaskStore(work).FindAsync(customerId, taskId) is not { } task) return Faces.Missing();
        var now = clock.GetCurrentInstant();
        var people = http.Actor().May(Right.TasksAssign) ? await PeopleAsync(work) : null;
        return new RazorComponentResult<TaskPage>(new { Due = await TaskContact.LookAsync(work, task, now), Now = now, People = people });
    }

    private static async Task<IResult> RecordAsync(HttpContext http, Database database, IClock clock, Guid customerId, Guid taskId, [FromForm] OutcomeForm? sent)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new TaskStore(work).FindAsync(customerId, taskId) is not { } task) return Faces.Missing();
        var form = sent ?? new OutcomeForm();
        var callBackAt = form.At(Zone(http));
        if (Words.Read<TaskOutcome>(form.Outcome) is not { } outcome || (outcome == TaskOutcome.CallBack && (callBackAt is null || callBackAt <= now)))
        {
            var due = await TaskContact.LookAsync(work, task, now);
            return new RazorComponentResult<TaskPage>(new { Due = due, Now = now, form.Note, form.CallBackAt, Error = "Say when they want to be called: a time that lies ahead." })
            {
                StatusCode = StatusCodes.Status422UnprocessableEntity,
            };
        }
        var note = string.IsNullOrWhiteSpace(form.Note) ? null : form.Note.Trim();
        var after = await TaskRecording.RecordAsync(work, new TaskReport(customerId, taskId, outcome, note, callBackAt), http.Actor(), now);
        await work.CommitAsync();
        Flash.Say(http, after is null ? "Somebody else finished this task already; nothing was changed." : $"Recorded. {after.Explanation}", after is null ? Tone.Warning : Tone.Good);
        return SeeOther.To("/today");
    }

    // Somebody is about to make a contact that the gate does not permit any more: it is asked again, for the step's other channels too.
    private static async Task<IResult> RerouteAsync(HttpContext http, Database database, IClock clock, Guid customerId, Guid taskId)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new TaskStore(work).FindAsync(customerId, taskId) is null) return Faces.Missing();
        var met = await new WaitingStore(work).MeetAsync(await new ContactStateStore(work).LockAsync(customerId, now), now, taskId);
        await work.CommitAsync();
        Flash.Say(http, met switch
        {
            { Rerouted: > 0 } => "A message takes its place.",
            { Stopped: > 0 } => "No other way is welcome: it is off the list, and the customer's page says why.",
            _ => "Nothing was changed: it may be made, now or at the time shown with it, or it is finished.",
        });
        return SeeOther.To("/today");
    }

    private static async Task<IResult> AssignAsync(HttpContext http, Database database, Guid customerId, Guid taskId, [FromForm(Name = "assigned_to")] string? assignedTo)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new TaskStore(work).FindAsync(customerId, taskId) is null) return Faces.Missing();
        var to = Guid.TryParse(assignedTo, out var chosen) ? chosen : (Guid?)null;
        var isKnown = string.IsNullOrEmpty(assignedTo) || (to is { } id && (await PeopleAsync(work)).ContainsKey(id));
        var isDone = isKnown && await new TaskStore(work).AssignAsync(customerId, taskId, to);
        await work.CommitAsync();
        Flash.Say(http, isDone ? "The task has a new owner." : "Nothing was changed: the task is finished, or nobody like that works here.", isDone ? Tone.Good : Tone.Warning);
        return SeeOther.To($"/tasks/{customerId}/{taskId}");
    }

    // Those whose role does tasks.
    private static async Task<IReadOnlyDictionary<Guid, string>> PeopleAsync(UnitOfWork work) =>
        (await new StaffStore(work).ListAsync()).Where(member => member.DisabledAt is null && Rights.Of(Words.Must<Role>(member.Role)).Contains(Right.TasksWork)).ToDictionary(member => member.StaffId, member => member.Name);

    private static DateTimeZone Zone(HttpContext http) => http.Features.Get<Viewer>()?.Zone ?? DateTimeZone.Utc;
}

/// <summary>What came of a task, as it was typed.</summary>
public sealed record OutcomeForm
{
    public string? Outcome { get; init; }
    public string? Note { get; init; }

    [DataMember(Name = "call_back_at")]
    public string? CallBackAt { get; init; }

    internal Instant? At(DateTimeZone zone) =>
        LocalDateTimePattern.GeneralIso.Parse((CallBackAt ?? "") + (CallBackAt?.Length == 16 ? ":00" : "")) is { Success: true } at ? at.Value.InZoneLeniently(zone).ToInstant() : null;
}
