namespace Regard.Ingestion;

/// <summary>The kinds of event of Segment's specification.</summary>
public enum EventType
{
    /// <summary>Who a user is: traits.</summary>
    Identify,

    /// <summary>Something a user did.</summary>
    Track,

    /// <summary>A page of the web site was seen.</summary>
    Page,

    /// <summary>A screen of the app was seen.</summary>
    Screen,

    /// <summary>A user belongs to a group: an account.</summary>
    Group,

    /// <summary>Two ids are one user.</summary>
    Alias,
}
