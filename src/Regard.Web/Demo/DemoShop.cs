namespace Regard.Demo;

/// <summary>
/// The demo shop: everything that is invented, drawn from one seed and the day it is made, so that the same day gives the same shop.
/// docs/demo.md lists what is planted in it.
/// </summary>
internal sealed record DemoShop(IReadOnlyList<DemoPerson> People, IReadOnlyList<DemoOrder> Orders, IReadOnlyList<DemoCase> Cases, IReadOnlyList<DemoTouch> Touches, Instant Now)
{
    public const ulong DefaultSeed = 20_261_122;

    public static DemoShop Draw(ulong seed, Instant now)
    {
        var seeded = new Seeded(seed);
        var today = now.InUtc().Date;
        var people = DemoPeople.Draw(seeded.For("people"), today);
        // An order of this morning in Sydney may lie in the future of the one who looks.
        var orders = DemoOrders.Draw(people, seeded.For("orders"), today).Where(o => o.At < now).ToList();
        var cases = DemoCare.Cases(orders, seeded.For("cases"), now);
        var touches = DemoCare.Touches(orders, cases, seeded.For("touches"), now).OrderBy(t => t.At).ToList();
        return new DemoShop(people, orders, cases, touches, now);
    }
}
