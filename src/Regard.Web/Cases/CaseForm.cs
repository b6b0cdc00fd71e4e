using System.Runtime.Serialization;
using NodaTime.Text;

namespace Regard.Cases;

/// <summary>A new case as it was typed; it goes back into the form as it was when something must be put right.</summary>
public sealed record CaseForm
{
    public string? Subject { get; init; }
    public string? Description { get; init; }

    [DataMember(Name = "promised_at")]
    public string? PromisedAt { get; init; }

    [DataMember(Name = "owner_id")]
    public Guid? OwnerId { get; init; }

    /// <summary>How the customer came with it: call, mail, visit …</summary>
    public string? Channel { get; init; }

    /// <summary>Sent with the form when it is opened, so that pressing twice opens one case.</summary>
    [DataMember(Name = "form_id")]
    public string? FormId { get; init; }

    internal CaseDraft Read(DateTimeZone zone) => new() { Subject = Subject ?? "", Description = Description ?? "", PromisedAt = Time(PromisedAt, zone), OwnerId = OwnerId };

    internal static Instant? Time(string? text, DateTimeZone zone) =>
        LocalDateTimePattern.GeneralIso.Parse((text ?? "") + (text?.Length == 16 ? ":00" : "")) is { Success: true } at ? at.Value.InZoneLeniently(zone).ToInstant() : null;
}
