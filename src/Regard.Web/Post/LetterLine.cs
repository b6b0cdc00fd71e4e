namespace Regard.Post;

/// <summary>A letter as a line of the mail-merge file: the columns are its members.</summary>
internal sealed record LetterLine
{
    public required long Number { get; init; }
    public required string Recipient { get; init; }
    public required string Street { get; init; }
    public string? PostalCode { get; init; }
    public required string City { get; init; }
    public string? Region { get; init; }
    public required string Country { get; init; }

    /// <summary>All lines of the address, for a field that is as high as a window.</summary>
    public required string Address { get; init; }
    public required string Salutation { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }
    public required Guid LetterId { get; init; }

    public static LetterLine Of(LetterRow letter) => new()
    {
        Number = letter.Position,
        Recipient = letter.Recipient,
        Street = letter.Street,
        PostalCode = letter.PostalCode,
        City = letter.City,
        Region = letter.Region,
        Country = letter.Country,
        Address = string.Join('\n', LetterText.AddressLines(letter)),
        Salutation = letter.Salutation,
        Subject = letter.Subject,
        Text = letter.Content,
        Language = letter.Language,
        LetterId = letter.LetterId,
    };
}
