using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Regard.Storage;

namespace Regard.Access;

/// <summary>How a step of signing in ended.</summary>
internal enum SignInOutcome
{
    /// <summary>The step is done.</summary>
    Done,

    /// <summary>The password or code is wrong, or there is no such account: nobody is told which.</summary>
    Wrong,

    /// <summary>Too many tries: wait.</summary>
    TooMany,

    /// <summary>Too many people sign in at this moment.</summary>
    Busy,

    /// <summary>Begin again: the first step is too long ago, or the account changed since.</summary>
    Over,
}

/// <summary>Signs staff in, in two steps: the password, then a code from their app.</summary>
internal sealed class SignInDesk(Database database, IClock clock, Passwords passwords, IDataProtectionProvider protection)
{
    private readonly IDataProtector _secrets = protection.CreateProtector("Regard.Access.SecondFactor");

    /// <summary>The first step. Done: a ticket for the second one.</summary>
    public async Task<(SignInOutcome Outcome, PendingSignIn? Ticket)> BeginAsync(string email, string password, IPAddress? address, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var account = email.Trim().ToLowerInvariant();
        var (pair, alone, place) = (
            new Attempt($"sign-in:{account}:{address}", AttemptLimit.AccountFromAddress),
            new Attempt($"sign-in:{account}", AttemptLimit.Account),
            new Attempt($"sign-in-address:{address}", AttemptLimit.Address));
        using var turn = await passwords.TurnAsync(stop);
        if (!turn.IsAcquired) return (SignInOutcome.Busy, null);
        StaffMember? person;
        await using (var work = await database.WriteAsync(stop))
        {
            if (await new ThrottleStore(work).CountAsync([pair, alone, place], now) is not null) return (SignInOutcome.TooMany, null);
            person = await new StaffStore(work).FindByEmailAsync(account);
            await work.CommitAsync();
        }
        if (!passwords.Match(turn, person?.PasswordHash, password) || person!.DisabledAt is not null) return (SignInOutcome.Wrong, null);
        await using (var work = await database.WriteAsync(stop))
        {
            var throttle = new ThrottleStore(work);
            await throttle.ForgetAsync(pair);
            await throttle.ForgetAsync(alone);
            await throttle.TakeBackAsync(place);
            await work.CommitAsync();
        }
        var secret = person.TotpSecret is null ? SecondFactor.NewSecret() : null;
        return (SignInOutcome.Done, new PendingSignIn(person.StaffId, person.Version, secret, person.Email, now + PendingSignIn.Life));
    }

    /// <summary>The second step. Done: the secret of a new session.</summary>
    public async Task<(SignInOutcome Outcome, string? Session)> FinishAsync(PendingSignIn ticket, string? code, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var guess = new Attempt($"code:{ticket.StaffId}", AttemptLimit.Code);
        StaffMember? person;
        await using (var work = await database.WriteAsync(stop))
        {
            if (await new ThrottleStore(work).CountAsync([guess], now) is not null) return (SignInOutcome.TooMany, null);
            person = await new StaffStore(work).FindAsync(ticket.StaffId);
            await work.CommitAsync();
        }
        if (person is null || person.DisabledAt is not null || person.Version != ticket.Version || person.TotpSecret is null != ticket.NewSecret is not null)
            return (SignInOutcome.Over, null);
        var secret = ticket.NewSecret ?? _secrets.Unprotect(person.TotpSecret!);
        if (SecondFactor.StepOf(secret, code, now) is not { } step) return (SignInOutcome.Wrong, null);
        var sealedSecret = ticket.NewSecret is null ? null : _secrets.Protect(secret);
        await using (var work = await database.WriteAsync(stop))
        {
            var staff = new StaffStore(work);
            var isFresh = sealedSecret is null ? await staff.UseStepAsync(person.StaffId, step) : await staff.SetSecondFactorAsync(person.StaffId, sealedSecret, step);
            if (!isFresh) return (SignInOutcome.Wrong, null);
            await new ThrottleStore(work).ForgetAsync(guess);
            var session = await new StaffSessionStore(work).BeginAsync(person.StaffId, now);
            var actor = Actor.Staff(person.StaffId, person.Name, Words.Must<Role>(person.Role));
            await new AuditStore(work).AppendAsync(actor, "signed_in", actor.Reference, Json.Of(new { second_factor_set_up = sealedSecret is not null }), now);
            await work.CommitAsync();
            return (SignInOutcome.Done, session);
        }
    }

    public async Task SignOutAsync(Actor actor, string? session, CancellationToken stop)
    {
        if (session is null) return;
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(stop);
        await new StaffSessionStore(work).EndAsync(session, now);
        await new AuditStore(work).AppendAsync(actor, "signed_out", actor.Reference, Json.Of(new { }), now);
        await work.CommitAsync();
    }
}
