using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Mail;

/// <summary>Mails in: over the API, and the page of those that nobody knows the sender of.</summary>
internal static class MailEndpoints
{
    private const string Path = "/settings/mail";

    public static void AddMail(this IServiceCollection services, RegardSettings settings)
    {
        services.AddSingleton<MailIntake>();
        if (settings.LmtpPort is null) return;
        services.AddSingleton<LmtpJob>();
        services.AddHostedService(provider => provider.GetRequiredService<LmtpJob>());
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("mails").MapPost("/", ReceiveAsync).WithMetadata(new RequestSizeLimitAttribute(IncomingMail.Largest))
            .WithSummary("Hand over a mail that came in")
            .WithDescription("The body is the mail as it came (message/rfc822). To whom it was handed over is said in the header Envelope-To. The same mail told twice is one mail.").ForApi(Right.MailsWrite);
        routes.MapGet(Path, ShowAsync).ForStaff(Right.CasesWork);
        routes.MapPost(Path + "/{sourceId}/assign", AssignAsync).ForStaff(Right.CasesWork);
        routes.MapPost(Path + "/{sourceId}/discard", DiscardAsync).ForStaff(Right.CasesWork);
    }

    private static async Task<ApiAnswer<MailTaken>> ReceiveAsync(HttpContext http, MailIntake intake)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (body.Length == 0) throw ApiProblem.Malformed("The body is the mail itself.", ApiFault.In("body", "is empty")).Refusal();
        var to = http.Request.Headers["Envelope-To"].SelectMany(value => Mailbox.ReadList(value ?? "")).Select(mailbox => mailbox.Address).Take(100).ToList();
        var receipt = await intake.ReceiveAsync(body.ToArray(), to, http.RequestAborted);
        return ApiAnswer<MailTaken>.Ok(new MailTaken(receipt.Kind, receipt.Customers, receipt.IsNew));
    }

    private static async Task<RazorComponentResult<StrayMailPage>> ShowAsync(HttpContext http, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return new(new { Rows = await new StrayMailStore(work).WaitingAsync(200) });
    }

    private static async Task<IResult> AssignAsync(HttpContext http, string sourceId, [FromForm] string? customer, Database database, MailIntake intake, IClock clock)
    {
        StrayMailRow? mail;
        Guid? customerId;
        await using (var read = await database.ReadAsync(http.RequestAborted))
        {
            mail = await new StrayMailStore(read).TakeAsync(sourceId);
            var customers = new CustomerStore(read);
            customerId = Guid.TryParse(customer, null, out var id) ? await customers.CurrentAsync(id) : customer is null ? null : await customers.ResolveAsync(IdentityKind.Email, customer);
        }
        if (mail is null) return Faces.Missing();
        if (customerId is not { } known) return Back(http, "Nobody was found by that: give the address or the id of a customer.");
        await intake.AssignAsync(IncomingMail.Unpacked(mail.Raw), mail.Recipient.Split(' ', StringSplitOptions.RemoveEmptyEntries), known, http.RequestAborted);
        await FinishAsync(http, database, (sourceId, "assigned"), clock);
        return SeeOther.To($"/customers/{known}");
    }

    private static async Task<IResult> DiscardAsync(HttpContext http, string sourceId, Database database, IClock clock) =>
        await FinishAsync(http, database, (sourceId, "discarded"), clock) ? Back(http, "Discarded: nothing of it is kept.") : Faces.Missing();

    private static async Task<bool> FinishAsync(HttpContext http, Database database, (string SourceId, string State) what, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        var isDone = await new StrayMailStore(work).FinishAsync(what.SourceId, what.State, http.Actor().Reference, clock.GetCurrentInstant());
        await work.CommitAsync();
        return isDone;
    }

    private static IResult Back(HttpContext http, string message)
    {
        Flash.Say(http, message);
        return SeeOther.To(Path);
    }
}

/// <summary>What became of a mail.</summary>
/// <param name="Kind">What it was taken for.</param>
/// <param name="CustomerIds">Whom it concerns; empty = nobody knows: it waits on the page of strangers' mails.</param>
/// <param name="IsNew">False = it came before, and nothing was done again.</param>
internal sealed record MailTaken(MailKind Kind, IReadOnlyList<Guid> CustomerIds, bool IsNew);
