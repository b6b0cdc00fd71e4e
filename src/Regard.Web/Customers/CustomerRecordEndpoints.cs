using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>A customer's record: profile, facts, identities.</summary>
internal static class CustomerRecordEndpoints
{
    private const int LongestFact = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(CustomerEndpoints.Path + "/record", ShowAsync).ForStaff(Right.CustomersRead);
        var changes = routes.MapGroup(CustomerEndpoints.Path).ForStaff(Right.CustomersWrite);
        changes.MapPost("", EditAsync);
        changes.MapPost("/facts", AddFactAsync);
        changes.MapPost("/facts/{factId:guid}/retract", RetractAsync);
        changes.MapPost("/identities", AddIdentityAsync);
        changes.MapPost("/identities/{identityId:guid}/fails", (HttpContext http, Guid id, Guid identityId, Database database, IClock clock) => MarkAsync(http, (id, identityId), true, database, clock));
        changes.MapPost("/identities/{identityId:guid}/works", (HttpContext http, Guid id, Guid identityId, Database database, IClock clock) => MarkAsync(http, (id, identityId), false, database, clock));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return await PageAsync(http, work, id, null, clock);
    }

    private static async Task<IResult> EditAsync(HttpContext http, Guid id, [FromForm] ProfileForm? sent, Database database, IClock clock)
    {
        var form = sent ?? new ProfileForm();
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (form.Faults().Count > 0) return await PageAsync(http, work, id, form, clock);
        var profiles = new ProfileStore(work);
        if (await new CustomerStore(work).CurrentAsync(id) is not { } current || await profiles.BareAsync(current) is not { } known) return Faces.Missing();
        if (!await profiles.UpdateAsync(form.On(known), clock.GetCurrentInstant()))
        {
            Flash.Say(http, "Nothing was saved: somebody changed this profile while you had it open. Here it is as it stands now.", Tone.Danger);
            return SeeOther.To($"/customers/{current}/record");
        }
        await new TermStore(work).WriteAsync(current);
        await work.CommitAsync();
        return Back(http, current, "The profile is saved.");
    }

    private static async Task<IResult> AddFactAsync(HttpContext http, Guid id, [FromForm] FactForm? form, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(id) is not { } current) return Faces.Missing();
        if (form?.Fact(http.Actor(), clock.GetCurrentInstant()) is not { } fact)
            return Back(http, current, $"Nothing was saved: write what it is, in at most {LongestFact} letters.", Tone.Danger);
        await new FactStore(work).AddAsync(current, fact, http.Actor(), clock.GetCurrentInstant());
        await work.CommitAsync();
        return Back(http, current, "Noted.");
    }

    private static async Task<IResult> RetractAsync(HttpContext http, Guid id, Guid factId, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(id) is not { } current) return Faces.Missing();
        if (!await new FactStore(work).RetractAsync(current, factId, http.Actor(), clock.GetCurrentInstant())) return Back(http, current, "It did not hold any more already.", Tone.Info);
        await work.CommitAsync();
        return Back(http, current, "It holds no more.");
    }

    private static async Task<IResult> AddIdentityAsync(HttpContext http, Guid id, [FromForm] string? kind, [FromForm] string? value, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(id) is not { } current || await new ProfileStore(work).BareAsync(current) is not { } known) return Faces.Missing();
        var given = new IdentityDraft(Words.Read<IdentityKind>(kind) ?? IdentityKind.Email, value ?? "");
        var outcome = await new IdentityDesk(work).AddAsync(current, given, known.Country, http.Actor(), clock.GetCurrentInstant());
        await work.CommitAsync();
        return outcome switch
        {
            IdentityOutcome.Added => Back(http, current, "Added."),
            IdentityOutcome.Known => Back(http, current, "It was theirs already.", Tone.Info),
            IdentityOutcome.Shared => Back(http, current, "Added. Another customer has it too: look below whether the two are one.", Tone.Warning),
            _ => Back(http, current, "Nothing was saved: this is no address or number of that kind. Telephone numbers are written with their country, as +43 664 1234567.", Tone.Danger),
        };
    }

    private static async Task<IResult> MarkAsync(HttpContext http, (Guid Customer, Guid Identity) ids, bool fails, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(ids.Customer) is not { } current) return Faces.Missing();
        if (!await new IdentityDesk(work).MarkAsync(current, ids.Identity, fails, clock.GetCurrentInstant())) return Faces.Missing();
        await work.CommitAsync();
        return Back(http, current, fails ? "Noted: it does not arrive there. This is no wish; their wishes stay as they are." : "Noted: it works again.");
    }

    private static async Task<IResult> PageAsync(HttpContext http, UnitOfWork work, Guid id, ProfileForm? form, IClock clock)
    {
        if (await new CustomerPageStore(work).RecordAsync(id) is not var (head, record)) return Faces.Missing();
        if (head.MergedInto is not null) return await CustomerEndpoints.SurvivorAsync(work, id, "/record");
        http.Response.Headers.CacheControl = "no-store";
        var faults = form?.Faults();
        return new RazorComponentResult<CustomerRecordPage>(new
        {
            Head = head,
            Record = record,
            Calls = await CallAdvice.LookAsync(work, head.CustomerId, clock.GetCurrentInstant()),
            Form = form ?? ProfileForm.Of(head),
            Faults = faults,
            Fault = faults is null ? null : "Something in the profile could not be read. It says what.",
            Actor = http.Actor(),
            Now = clock.GetCurrentInstant(),
        })
        { StatusCode = faults is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }

    private static IResult Back(HttpContext http, Guid id, string words, Tone tone = Tone.Good)
    {
        Flash.Say(http, words, tone);
        return SeeOther.To($"/customers/{id}/record");
    }

    /// <summary>A fact as staff type it.</summary>
    internal sealed record FactForm
    {
        public string? Topic { get; init; }
        public string? Basis { get; init; }
        public string? Content { get; init; }

        /// <summary>Null = there is nothing in it, or too much.</summary>
        public CustomerFact? Fact(Actor by, Instant now)
        {
            if (string.IsNullOrWhiteSpace(Content) || Content.Length > LongestFact || string.IsNullOrWhiteSpace(Topic) || Topic.Length > 60) return null;
            var basis = Words.Read<FactBasis>(Basis) == FactBasis.Observed ? FactBasis.Observed : FactBasis.Told;
            return new CustomerFact
            {
                Topic = Topic.Trim().ToLowerInvariant().Replace(' ', '_'),
                Content = Content.Trim(),
                Basis = basis,
                SaidAt = now,
                SaidBy = basis == FactBasis.Told ? "customer" : by.Reference,
            };
        }
    }
}
