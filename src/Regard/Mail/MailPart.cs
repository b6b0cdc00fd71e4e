namespace Regard.Mail;

/// <summary>
/// A mail, or a part of one: fields and content. What a sender wrote wrongly is read as well as can be; nothing here throws. All of it is
/// what a stranger wrote: personal data, never logged, and true only as far as something else proves it.
/// </summary>
public sealed class MailPart
{
    private string? _text;

    internal MailPart(IReadOnlyList<MailField> fields, MediaType type, ReadOnlyMemory<byte> body, IReadOnlyList<MailPart> parts) =>
        (Fields, Type, Body, Parts) = (fields, type, body, parts);

    /// <summary>The header, in its order.</summary>
    public IReadOnlyList<MailField> Fields { get; }

    /// <summary>What the content is; <c>text/plain</c> where nothing is said.</summary>
    public MediaType Type { get; }

    /// <summary>The content with its transfer encoding removed.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The parts of a multipart, or the one mail that a message part holds; empty for a leaf.</summary>
    public IReadOnlyList<MailPart> Parts { get; }

    /// <summary>The content as text, by its character set as far as that is true; line ends are line feeds.</summary>
    public string Text => _text ??= Charsets.Decode(Body.Span, Type.Parameter("charset")).ReplaceLineEndings("\n");

    /// <summary>Whether it is handed over as a file, not to be read in place.</summary>
    public bool IsAttachment => this["Content-Disposition"] is { } value && value.TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file's name that the sender gave it, without any folder; null = none.</summary>
    public string? FileName
    {
        get
        {
            var name = (this["Content-Disposition"] is { } value ? MediaType.Read(value).Parameter("filename") : null) ?? Type.Parameter("name");
            name = name is null ? null : EncodedWords.Decode(name).Replace('\\', '/');
            return name?[(name.LastIndexOf('/') + 1)..] is { Length: > 0 } last ? last : null;
        }
    }

    /// <summary>The first field of that name as it came; null = there is none.</summary>
    public string? this[string name] => Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The first field of that name with its encoded words read; empty when there is none.</summary>
    public string Words(string name) => this[name] is { } value ? EncodedWords.Decode(value) : "";

    /// <summary>All fields of that name, as they came.</summary>
    public IEnumerable<string> All(string name) => Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);

    /// <summary>The mailboxes that a field names.</summary>
    public IReadOnlyList<Mailbox> Mailboxes(string name) => [.. All(name).SelectMany(Mailbox.ReadList)];

    /// <summary>This part and all below it, in the order in which they stand, not below mails that it carries.</summary>
    public IEnumerable<MailPart> OwnParts() => Type.IsMessage ? [this] : Parts.SelectMany(part => part.OwnParts()).Prepend(this);

    /// <summary>This part and all below it, also within mails that it carries.</summary>
    public IEnumerable<MailPart> AllParts() => Parts.SelectMany(part => part.AllParts()).Prepend(this);
}
