using Regard.Contact;

namespace Regard.Insight;

/// <summary>The letter as staff send it.</summary>
public sealed record LeavingLetter
{
    private const int LongestSubject = 200, LongestText = 5000;

    public string? Subject { get; init; }
    public string? Text { get; init; }

    /// <summary>Why it cannot be sent; null = it can.</summary>
    public string? Fault =>
        string.IsNullOrWhiteSpace(Subject) || Subject.Length > LongestSubject ? $"Write a subject of at most {LongestSubject} letters."
        : string.IsNullOrWhiteSpace(Text) || Text.Length > LongestText ? $"Write what is to be said, in at most {LongestText} letters."
        : null;

    internal static LeavingLetter Of(ContactDraft draft) => new() { Subject = draft.Subject, Text = draft.Text };

    /// <summary>What was written; as long as nothing of it was changed it says its wording.</summary>
    internal ContactDraft Draft(ContactDraft offered)
    {
        var (subject, text) = (Subject!.Trim().ReplaceLineEndings(" "), Text!.ReplaceLineEndings("\n").Trim() + "\n");
        return subject == offered.Subject && text == offered.Text ? offered : new ContactDraft { Subject = subject, Text = text };
    }
}
