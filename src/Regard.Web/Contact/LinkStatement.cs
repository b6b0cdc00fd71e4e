namespace Regard.Contact;

/// <summary>What a customer says by a link that was sent to their own address.</summary>
internal static class LinkStatement
{
    /// <param name="customerId">Who says it.</param>
    /// <param name="wish">What they want.</param>
    /// <param name="source">What the link is for: <c>asking</c>, <c>consent</c>, <c>unsubscribe</c>.</param>
    /// <param name="subjectId">What the link was sent for.</param>
    /// <param name="now">When they say it: each press is a statement of its own, one press told twice is one.</param>
    public static PreferenceStatement Of(Guid customerId, Wish wish, string source, Guid subjectId, Instant now) => new()
    {
        StatementId = Ids.New(now),
        CustomerId = customerId,
        SaidAt = now,
        Place = StatementPlace.Link,
        Basis = StatementBasis.Asked,
        Wish = wish,
        RecordedBy = $"customer:{customerId}",
        RecordedAt = now,
        Source = source,
        SourceId = $"{subjectId}:{now.ToUnixTimeTicks()}",
    };
}
