using System.Text.RegularExpressions;

namespace Regard.Demo;

/// <summary>A product of the demo shop. Consumables are bought again and again; things are bought once in a while.</summary>
internal sealed record DemoProduct(string Sku, string Name, string Category, long PriceMinor, bool IsConsumable)
{
    /// <summary>Who it is bought from.</summary>
    public required string Supplier { get; init; }

    /// <summary>As its name says it; null = it has none.</summary>
    public string? Size { get; init; }
}

/// <summary>Larkspur &amp; Co., a seller of coffee, tea and kitchen ware: 60 products, prices in euro cents.</summary>
internal static partial class DemoCatalogue
{
    public const string Currency = "EUR";

    /// <summary>The kettle whose July batch has handles that come loose.</summary>
    public const string KettleSku = "KIT-2101";

    public const string DefectiveBatch = "K-2607";

    /// <summary>The three coffees whose price will rise.</summary>
    public static readonly IReadOnlyList<string> RisingSkus = ["COF-1001", "COF-1002", "COF-1005"];

    // Two or three for each family, so that a supplier is more than one product and less than a family.
    private static readonly Dictionary<string, string[]> Suppliers = new(StringComparer.Ordinal)
    {
        ["Coffee"] = ["Rösterei Hafenstraße", "Monte Alto Importers"],
        ["Tea"] = ["Teekontor Nord", "Himalaya Leaf Traders", "Kräuterhof Alm"],
        ["Pantry"] = ["Hofladen Sieben", "Dolce Vita Foods"],
        ["Supplies"] = ["Rein & Klar", "Teekontor Nord"],
        ["Kitchen"] = ["Nordstahl Works", "Officina Moka", "Hofmann Geräte"],
        ["Tableware"] = ["Porzellan Lindner", "Nordstahl Works"],
    };

    public static IReadOnlyList<DemoProduct> Products { get; } =
    [
        .. Family("COF", 1001, "Coffee", true, "House Espresso 1 kg:2190|Breakfast Roast 1 kg:1990|Ethiopia Yirgacheffe 500 g:1490|Colombia Huila 500 g:1390|Decaf Espresso 1 kg:2290|Filter Blend 500 g:1190|Guatemala Antigua 500 g:1450|Winter Blend 500 g:1350|Espresso Capsules 50:1690|Cold Brew Bags 12:1290"),
        .. Family("TEA", 1101, "Tea", true, "Assam Breakfast 250 g:1090|Earl Grey 250 g:1090|Darjeeling First Flush 100 g:1590|Green Sencha 100 g:1290|Jasmine Pearls 100 g:1690|Rooibos 250 g:890|Camomile 100 g:690|Peppermint 100 g:650|Fennel and Anise 100 g:720|Ginger and Lemon 100 g:790|Chai Blend 250 g:1190|Tea Sampler 12:1850"),
        .. Family("PAN", 1201, "Pantry", true, "Raw Cane Sugar 1 kg:450|Oat Drink 6 x 1 l:1190|Dark Chocolate 70 % 5 x 100 g:1290|Shortbread 400 g:790|Cantuccini 500 g:890|Acacia Honey 500 g:950|Apricot Jam 340 g:590|Almond Butter 330 g:990|Hot Chocolate Flakes 500 g:1150|Vanilla Syrup 700 ml:890"),
        .. Family("FIL", 1301, "Supplies", true, "Paper Filters No. 4, 200:490|Descaler 3 x 250 ml:1390|Cleaning Tablets 60:1190|Water Filter Cartridges 6:2990|Milk System Cleaner 1 l:1250|Tea Filters L 100:390"),
        .. Family("KIT", 2101, "Kitchen", false, "Enamel Kettle 1.5 l:4990|Gooseneck Kettle 1 l:6990|Hand Grinder:8990|Burr Grinder:15990|French Press 1 l:3490|Moka Pot 6 cups:3290|Pour-over Set:4490|Milk Frother:5990|Kitchen Scale 0.1 g:3990|Cold Brew Jug 1.2 l:2990|Espresso Machine Piccola:39900|Descaling Set:1990"),
        .. Family("TAB", 2201, "Tableware", false, "Cappuccino Cups, 2:2490|Espresso Cups, 4:2790|Tea Pot Glass 1.2 l:3490|Tea Pot Cast Iron 0.8 l:5490|Mug Larkspur Blue:1290|Mug Larkspur White:1290|Tray Oak:3990|Storage Tin 500 g:1190|Tea Strainer:890|Spoons, 6:1990"),
    ];

    private static IEnumerable<DemoProduct> Family(string prefix, int first, string category, bool isConsumable, string items) =>
        items.Split('|').Select((item, n) =>
        {
            var colon = item.LastIndexOf(':');
            return new DemoProduct($"{prefix}-{first + n}", item[..colon], category, long.Parse(item[(colon + 1)..]), isConsumable)
            {
                Supplier = Suppliers[category][n % Suppliers[category].Length],
                Size = Size().Match(item[..colon]) is { Success: true } size ? size.Value : null,
            };
        });

    [GeneratedRegex(@"\d+([.]\d+)? (kg|g|l|ml)\b(?! x)")]
    private static partial Regex Size();
}
