using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>The people of an account: added, given another part and taken out, on its record's page and in the API.</summary>
internal static class AccountEndpoints
{
    private const int LongestRole = 60;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var members = routes.MapGroup(CustomerEndpoints.Path + "/members").ForStaff(Right.CustomersWrite);
        members.MapPost("", AddAsync);
        members.MapPost("/{personId:guid}/remove", TakeOutAsync);
    }

    /// <param name="one">The group of one customer; reading a customer shows the members.</param>
    public static void MapApi(IEndpointRouteBuilder one)
    {
        one.MapPut("/members/{personId:guid}", PutAsync).WithSummary("Make a person a member of this account, or change their part in it").ForApi(Right.CustomersWrite);
        one.MapDelete("/members/{personId:guid}", RemoveAsync).WithSummary("End a person's membership of this account").ForApi(Right.CustomersWrite);
    }

    private static async Task<IResult> AddAsync(HttpContext http, Guid id, [FromForm] MemberForm? form, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        var customers = new CustomerStore(work);
        if (await customers.CurrentAsync(id) is not { } account) return Faces.Missing();
        if (await customers.ResolveAsync(IdentityKind.Email, form?.Email ?? "") is not { } person)
            return Back(http, account, "Nothing was saved: nobody is known by that address. Record the person first.", Tone.Danger);
        if (form?.Role is not { Length: > 0 and <= LongestRole } role || !await new AccountStore(work).PutAsync(account, new AccountMember { PersonId = person, Role = role.Trim(), IsPrimary = form.IsPrimary == "true" }, http.Actor(), clock.GetCurrentInstant()))
            return Back(http, account, $"Nothing was saved: say in at most {LongestRole} letters what they do there, and name a person; an account cannot belong to another.", Tone.Danger);
        await work.CommitAsync();
        return Back(http, account, "Saved. They are asked as their own wishes say.");
    }

    private static async Task<IResult> TakeOutAsync(HttpContext http, Guid id, Guid personId, Database database)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(id) is not { } account) return Faces.Missing();
        var isDone = await new AccountStore(work).RemoveAsync(account, personId);
        await work.CommitAsync();
        return Back(http, account, isDone ? "They do not belong to it any more. Their own profile stays as it is." : "They did not belong to it.", isDone ? Tone.Good : Tone.Info);
    }

    private static Task<ApiDone> PutAsync(HttpContext http, ApiWriter api, IClock clock, [AsParameters] MemberAddress address, MemberPart part) => api.WriteAsync(http, async work =>
    {
        var faults = new Faults();
        faults.When(string.IsNullOrWhiteSpace(part.Role) || part.Role.Length > LongestRole, "/role", $"has 1 to {LongestRole} letters");
        faults.Refuse();
        var member = new AccountMember { PersonId = address.PersonId, Role = part.Role!.Trim(), IsPrimary = part.IsPrimary };
        return await new AccountStore(work).PutAsync(address.AccountId, member, http.Actor(), clock.GetCurrentInstant()) ? new ApiDone() : throw ApiProblem.Absent("account or person").Refusal();
    });

    private static Task<ApiDone> RemoveAsync(HttpContext http, ApiWriter api, [AsParameters] MemberAddress address) => api.WriteAsync(http, async work =>
        await new CustomerStore(work).CurrentAsync(address.AccountId) is { } account && await new AccountStore(work).RemoveAsync(account, address.PersonId) ? new ApiDone() : throw ApiProblem.Absent("member").Refusal());

    private static IResult Back(HttpContext http, Guid id, string words, Tone tone = Tone.Good)
    {
        Flash.Say(http, words, tone);
        return SeeOther.To($"/customers/{id}/record");
    }

    /// <summary>A member as staff type it.</summary>
    internal sealed record MemberForm
    {
        public string? Email { get; init; }
        public string? Role { get; init; }
        public string? IsPrimary { get; init; }
    }
}

/// <summary>Which person of which account.</summary>
internal readonly record struct MemberAddress([FromRoute(Name = "id")] Guid AccountId, [FromRoute(Name = "personId")] Guid PersonId);

/// <summary>What a person does in an account.</summary>
/// <param name="Role">In words, such as <c>buyer</c>.</param>
/// <param name="IsPrimary">Whether they are asked first; whoever was, is no more.</param>
internal sealed record MemberPart(string? Role, bool IsPrimary = false);
