using System.Runtime.Serialization;
using NodaTime.Text;

namespace Regard.Changes;

/// <summary>What was typed into the form for a change. It goes back into the form as it was when something must be put right.</summary>
public sealed record ChangeForm
{
    public string? Kind { get; init; }
    public string? Title { get; init; }
    public string? Reason { get; init; }

    [DataMember(Name = "effective_on")]
    public string? EffectiveOn { get; init; }

    public string? Percent { get; init; }
    public string? Find { get; init; }

    /// <summary>The numbers of the products chosen so far; the lists below have one entry for each.</summary>
    public string[] Sku { get; init => field = value ?? []; } = [];

    [DataMember(Name = "new_price")]
    public string[] NewPrice { get; init => field = value ?? []; } = [];

    public string[] Replacement { get; init => field = value ?? []; } = [];

    /// <summary>Which button was pressed: <c>find</c>, <c>add:SKU</c>, <c>drop:SKU</c> or <c>register</c>.</summary>
    public string? Press { get; init; }

    /// <summary>Sent with the form when it is opened, so that pressing twice registers once.</summary>
    [DataMember(Name = "form_id")]
    public string? FormId { get; init; }

    /// <summary>The form after its button: a product more or less.</summary>
    internal ChangeForm AfterPress()
    {
        if (Press?.StartsWith("add:", StringComparison.Ordinal) == true && !Sku.Contains(Press[4..]))
            return this with { Sku = [.. Sku, Press[4..]], NewPrice = [.. Enumerable.Range(0, Sku.Length).Select(NewPriceOf), ""], Replacement = [.. Enumerable.Range(0, Sku.Length).Select(ReplacementOf), ""], Find = null };
        if (Press?.StartsWith("drop:", StringComparison.Ordinal) != true) return this;
        var kept = Enumerable.Range(0, Sku.Length).Where(n => Sku[n] != Press[5..]).ToList();
        return this with { Sku = [.. kept.Select(n => Sku[n])], NewPrice = [.. kept.Select(NewPriceOf)], Replacement = [.. kept.Select(ReplacementOf)] };
    }

    internal ChangeInput Read() => new()
    {
        Kind = Words.Read<ChangeKind>(Kind),
        Title = Title,
        Reason = Reason,
        EffectiveOn = LocalDatePattern.Iso.Parse(EffectiveOn ?? "") is { Success: true } day ? day.Value : null,
        Percent = ChangeIntake.Number(Percent),
        Products = [.. Sku.Select((sku, n) => new ProductInput { Sku = sku, NewPrice = ChangeIntake.Number(NewPriceOf(n)), Replacement = ReplacementOf(n) })],
    };

    internal string NewPriceOf(int n) => n < NewPrice.Length ? NewPrice[n] ?? "" : "";

    internal string ReplacementOf(int n) => n < Replacement.Length ? Replacement[n] ?? "" : "";
}
