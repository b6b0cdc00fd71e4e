using Regard.Cases;
using Regard.Contact;
using Regard.Customers;
using Regard.Orders;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Demo;

/// <summary>The demo shop's inventions as the records of each capability.</summary>
internal static class DemoRows
{
    public static Instant Start(DemoPerson person) => person.Since.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();

    public static CustomerDraft Customer(DemoPerson person, string source) => new()
    {
        GivenName = person.Given,
        FamilyName = person.Family,
        AddressAs = person.AddressAs,
        Language = person.Language,
        TimeZone = person.TimeZone,
        Country = person.Country,
        Source = source,
        Identities =
        [
            IdentityDraft.External(source, person.Key), IdentityDraft.Email(person.Email), IdentityDraft.Card(person.Card),
            .. person.Phone is null ? Array.Empty<IdentityDraft>() : [IdentityDraft.Phone(person.Phone)],
        ],
    };

    public static PreferenceStatement Statement(Guid customerId, DemoPerson person, DemoSaying saying, Instant now, string source)
    {
        var said = now.Minus(Duration.FromDays(5 + person.Number % 60)).Plus(Duration.FromHours(person.Number % 9));
        return new PreferenceStatement
        {
            StatementId = Ids.Of(said, source, person.Key),
            CustomerId = customerId,
            SaidAt = said,
            Place = saying.Place,
            Words = saying.Words,
            Basis = saying.Basis,
            Wish = saying.Wish,
            RecordedBy = "system:demo",
            RecordedAt = now,
            Source = source,
            SourceId = person.Key,
        };
    }

    public static OrderRecord Order(DemoOrder order, Guid customerId, IReadOnlyDictionary<string, Guid> products, string source) => new()
    {
        CustomerId = customerId,
        Source = source,
        Number = order.Number,
        At = order.At,
        Currency = DemoCatalogue.Currency,
        Channel = "web",
        Carrier = order.Carrier,
        Lines = [.. order.Lines.Select((line, n) => new OrderLine(n + 1, products[line.Sku], line.Quantity, line.AmountMinor, line.Batch))],
        Fees = order.Lines.Sum(l => l.AmountMinor) < 4000 ? [new FeeRecord(order.Lines.Count + 1, FeeKind.Postage, 490, "Postage")] : [],
    };

    public static ReturnRecord Return(DemoOrder order, Guid customerId, IReadOnlyDictionary<string, Guid> products, string source)
    {
        var line = order.Lines[order.ReturnedLine!.Value];
        return new ReturnRecord
        {
            CustomerId = customerId,
            Source = source,
            Number = "R" + order.Number[1..],
            OrderNumber = order.Number,
            At = order.At.Plus(Duration.FromDays(order.ReturnAfterDays)),
            Currency = DemoCatalogue.Currency,
            Reason = order.ReturnReason,
            Lines = [new OrderLine(1, products[line.Sku], line.Quantity, line.AmountMinor, line.Batch)],
        };
    }

    public static Touchpoint Touchpoint(DemoTouch touch, IReadOnlyDictionary<string, Guid> staff, string source) => new()
    {
        At = touch.At,
        Department = Words.Must<Department>(touch.Department),
        Kind = touch.Kind,
        Channel = touch.Channel,
        Direction = Words.Must<Direction>(touch.Direction),
        Summary = touch.Summary,
        Body = touch.Body is null ? null : Json.Of(touch.Body).Text,
        Source = source,
        SourceId = touch.Key,
        StaffId = touch.Agent is null ? null : staff[touch.Agent],
    };

    public static CaseRow Case(DemoCase problem, Guid customerId, IReadOnlyDictionary<string, Guid> staff) => new()
    {
        CustomerId = customerId,
        CaseId = Ids.Of(problem.OpenedAt, "demo-case", problem.Number.ToString("D4", null)),
        Subject = problem.Subject,
        Description = problem.Text,
        Channel = problem.Channel,
        OwnerId = staff[problem.Agent],
        PromisedAt = problem.OpenedAt.Plus(Duration.FromHours(24)),
        OpenedAt = problem.OpenedAt,
        OpenedBy = "system:demo",
        FirstAnsweredAt = problem.AnsweredAt,
        ResolvedAt = problem.ResolvedAt,
        Resolution = problem.Resolution,
    };
}
