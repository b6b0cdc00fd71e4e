namespace Regard.Customers;

/// <summary>The words about orders, for the customer and for staff.</summary>
internal static class OrderPhrases
{
    public static readonly Phrase Title = new("Your orders and returns", "Ihre Bestellungen und Rücksendungen", "Sus pedidos y devoluciones");
    public static readonly Phrase Lead = new("As they stand in our books.", "So, wie sie in unseren Büchern stehen.", "Tal como constan en nuestros libros.");
    public static readonly Phrase NoneTitle = new("No orders yet", "Noch keine Bestellungen", "Aún no hay pedidos");
    public static readonly Phrase None = new("Every order, return and fee will stand here.", "Jede Bestellung, Rücksendung und Gebühr wird hier stehen.", "Aquí figurarán todos los pedidos, devoluciones y gastos.");
    public static readonly Phrase Orders = new("Orders", "Bestellungen", "Pedidos");
    public static readonly Phrase OtherReturns = new("Other returns", "Andere Rücksendungen", "Otras devoluciones");
    public static readonly Phrase Parts = new("Parts of the orders", "Teile der Bestellungen", "Partes de los pedidos");
    public static readonly Phrase TakenBack = new("Taken back at once", "Sofort zurückgenommen", "Anulado al momento");
    public static readonly Phrase Return = new("Return", "Rücksendung", "Devolución");
    public static readonly Phrase Fee = new("Fee", "Gebühr", "Gastos");
    public static readonly Phrase MadeOf = new("What order {0} is made of", "Woraus die Bestellung {0} besteht", "De qué se compone el pedido {0}");
    public static readonly Phrase What = new("What", "Was", "Qué");
    public static readonly Phrase Pieces = new("Pieces", "Stück", "Unidades");
    public static readonly Phrase Amount = new("Amount", "Betrag", "Importe");
    public static readonly Phrase Batch = new("batch {0}", "Charge {0}", "lote {0}");
    public static readonly Phrase CameBack = new("{0} came back", "{0} kam zurück", "{0} devuelto");
}
