namespace Regard.Mail;

/// <summary>One header field of a mail.</summary>
/// <param name="Name">As it was written; names are compared without regard to case.</param>
/// <param name="Value">Unfolded and trimmed; encoded words stand as they came (<see cref="EncodedWords"/> reads them).</param>
public sealed record MailField(string Name, string Value);
