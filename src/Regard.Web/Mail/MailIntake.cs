using Regard.Contact;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Mail;

/// <summary>What became of a mail.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Customers">The customers whom it concerns; empty = nobody knows whom: it waits for people.</param>
/// <param name="IsNew">False = it came before, and nothing was done again.</param>
internal sealed record MailReceipt(MailKind Kind, IReadOnlyList<Guid> Customers, bool IsNew);

/// <summary>
/// Takes mails in. Whose mail it is says, in this order: the address that it came to, the message of ours that it is about, the addresses
/// that it reports, who wrote it. A mail of nobody we know is kept for people to look at. Taken means committed.
/// </summary>
internal sealed class MailIntake(Database database, RegardSettings settings, IClock clock)
{
    private const int MostCustomers = 20;

    /// <param name="raw">The mail as it came.</param>
    /// <param name="recipients">To whom the mail server hands it; empty = not said.</param>
    public async Task<MailReceipt> ReceiveAsync(byte[] raw, IReadOnlyList<string> recipients, CancellationToken stop)
    {
        var incoming = new IncomingMail(raw, recipients, await LinkKeyStore.ReadAsync(database, clock, stop));
        var concerned = await ConcernedAsync(incoming, stop);
        if (concerned.Count == 0) return new MailReceipt(incoming.Reading.Kind, [], await KeepStrayAsync(incoming, stop));
        var isNew = false;
        foreach (var one in concerned) isNew |= await RecordAsync(incoming, one, stop);
        return new MailReceipt(incoming.Reading.Kind, [.. concerned.Select(one => one.CustomerId)], isNew);
    }

    /// <summary>Gives a mail of a stranger to a customer, as if it had come from them.</summary>
    public async Task<bool> AssignAsync(byte[] raw, IReadOnlyList<string> recipients, Guid customerId, CancellationToken stop)
    {
        var incoming = new IncomingMail(raw, recipients, await LinkKeyStore.ReadAsync(database, clock, stop));
        return await RecordAsync(incoming, new Concerned(customerId, incoming.Sender.ToLowerInvariant(), null), stop);
    }

    private async Task<bool> RecordAsync(IncomingMail incoming, Concerned concerned, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        var isNew = await new MailRecording(work, settings).RecordAsync(incoming, concerned, clock.GetCurrentInstant());
        await work.CommitAsync();
        return isNew;
    }

    private async Task<bool> KeepStrayAsync(IncomingMail incoming, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        var isNew = await new StrayMailStore(work).KeepAsync(incoming, clock.GetCurrentInstant());
        await work.CommitAsync();
        return isNew;
    }

    private async Task<List<Concerned>> ConcernedAsync(IncomingMail incoming, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var customers = new CustomerStore(work);
        foreach (var outboxId in incoming.OutboxIds())
            if (await new MailStore(work).MessageAsync(outboxId) is { } message && await customers.CurrentAsync(message.CustomerId) is { } receiver)
                return [new Concerned(receiver, message.Address, message)];
        var found = new List<Concerned>();
        foreach (var address in Addresses(incoming).Where(address => address.Length is > 2 and < 255).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostCustomers))
            if (IdentityForm.Normal(IdentityKind.Email, address, null) is { } normal && await customers.ResolveAsync(IdentityKind.Email, normal) is { } customer && !found.Exists(one => one.CustomerId == customer))
                found.Add(new Concerned(customer, normal, null));
        return found;
    }

    private static IEnumerable<string> Addresses(IncomingMail incoming) => incoming.Reading.Kind switch
    {
        MailKind.Bounce => incoming.Reading.Recipients.SelectMany(one => new[] { one.OriginalAddress ?? one.Address, one.Address }).Concat(incoming.Reading.AboutAddresses),
        MailKind.Complaint or MailKind.Receipt => incoming.Reading.AboutAddresses,
        _ => [incoming.Sender],
    };
}

/// <summary>A customer whom a mail concerns.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Address">Their address that it is about, or came from.</param>
/// <param name="Message">The message of ours that it is about; null = not known.</param>
internal sealed record Concerned(Guid CustomerId, string Address, AboutMessage? Message);
