using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Insight;
using Regard.Orders;
using Regard.Changes;
using Regard.Storage;

namespace Regard.Commands;

/// <summary>
/// One question of <c>regard check</c>: does what is kept still follow from the facts it was made from? It only reads.
/// </summary>
/// <param name="Question">What is checked, as a person would ask it.</param>
/// <param name="FindAsync">
/// Finds what differs, one line each, for example <c>timeline_rollup of 0199…: 5 touchpoints kept, 6 counted</c>; empty = nothing differs.
/// A line names records by their ids and holds no personal data. At most <see cref="Checks.Most"/> lines are needed.
/// </param>
internal sealed record Check(string Question, Func<UnitOfWork, Task<IReadOnlyList<string>>> FindAsync);

/// <summary>Everything that <c>regard check</c> recomputes. Each capability that keeps a rollup, a lookup or a chain has its line here.</summary>
internal static class Checks
{
    /// <summary>How many differences of one check are worth listing.</summary>
    public const int Most = 1000;

    public static readonly IReadOnlyList<Check> All =
    [
        new("Is the database file sound, and does every reference lead somewhere?", StorageCheck.FindAsync),
        new("Is the audit trail unbroken?", AuditStore.CheckAsync),
        new("Is every entry of the contact ledger as it was written, and decided as the gate decides?", LedgerStore.FindAsync),
        new("Is every customer counted once, in the class that follows from their wishes and addresses?", AudienceCheckStore.FindAsync),
        new("Does every address, number and card lead to the customer who has it, and to nobody else?", CustomerCheckStore.IdentitiesAsync),
        new("Does every merged profile lead to the one that stayed?", CustomerCheckStore.MergesAsync),
        new("Do the counts of each customer's timeline follow from it?", CustomerCheckStore.TimelineAsync),
        new("Do the sums of each customer's orders, returns and fees follow from them?", OrderCheckStore.CustomerSumsAsync),
        new("Are first and last order right?", OrderCheckStore.FirstAndLastAsync),
        new("Do the monthly sums of each customer follow from the orders and returns?", OrderCheckStore.MonthsAsync),
        new("Do the monthly sums of each customer's products follow from the lines?", OrderCheckStore.ProductMonthsAsync),
        new("Has every order line its order and its product?", OrderCheckStore.LinesAsync),
        new("Has every line without a customer its product?", OrderCheckStore.UnattributedLinesAsync),
        new("Does what is kept of each week of sale follow from its lines and returns?", Insight.ReturnCountStore.CheckAsync),
        new("Does every order's total follow from its lines?", OrderCheckStore.TotalsAsync),
        new("Does every number lead to its order or return, and nothing else?", OrderCheckStore.NumbersAsync),
        new("Did no more pieces come back than were bought?", OrderCheckStore.PiecesAsync),
        new("Has every step of a started plan its decision?", PlanCheckStore.UndecidedAsync),
        new("Has every call its permission, and every finished task its end?", PlanCheckStore.TasksAsync),
        new("Has every open case an owner who works here?", PlanCheckStore.OwnerlessAsync),
        new("Does every customer's loyalty follow from their orders and the model?", LoyaltyCheckStore.FindAsync),
        new("Is every customer found by every word of their name?", CustomerCheckStore.TermsAsync),
    ];
}
