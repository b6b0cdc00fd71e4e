namespace Regard.Contact;

/// <summary>What a letter of ours is for. Each has a wording in English, German and Spanish.</summary>
internal enum LetterKind
{
    /// <summary>Prices change, or products end: <c>day</c>, <c>reason</c> and <c>products</c>.</summary>
    ChangeNotice,

    /// <summary>A sample is offered.</summary>
    Sample,

    /// <summary>Somebody has fallen silent: is everything all right? <c>day</c> of the last order.</summary>
    CheckIn,

    /// <summary>How do you want to be treated?</summary>
    Asking,

    /// <summary>Is the yes to offers and news yours?</summary>
    Consent,

    /// <summary>The way to the customer's own page.</summary>
    SignIn,

    /// <summary>A campaign's own words, already filled in for the reader.</summary>
    Campaign,
}

/// <summary>The fields that a letter may name: there are no others, whatever the customer's record holds.</summary>
/// <param name="Needed">Without one of these nothing is written.</param>
/// <param name="Optional">Empty when nobody gives them.</param>
/// <param name="Rows">A list of rows, and what each row may have; null = the letter has none.</param>
internal sealed record LetterFields(IReadOnlyList<string> Needed, IReadOnlyList<string> Optional, (string Name, IReadOnlyList<string> Fields)? Rows = null)
{
    public IEnumerable<string> All => Rows is { } rows ? Needed.Concat(Optional).Append(rows.Name) : Needed.Concat(Optional);

    public static LetterFields Of(LetterKind kind) => kind switch
    {
        LetterKind.ChangeNotice => new(
            ["title", "day", "reason"], ["address_as", "is_price", "is_personal", "is_scaled", "is_dearer", "extra_cost"], ("products", ["name", "old_price", "new_price", "replacement"])),
        LetterKind.Sample => new(["product"], ["address_as", "reason", "until"]),
        LetterKind.Campaign => new(["subject", "text"], ["address_as"]),
        LetterKind.CheckIn => new(["day"], ["address_as", "product", "trouble"]),
        LetterKind.Asking => new(["link"], ["is_link"]),
        _ => new(["link"], []),
    };
}
