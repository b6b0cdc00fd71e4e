namespace Regard.Contact;

/// <summary>Why the gate answered as it did. The written forms are part of the API and of stored decisions.</summary>
public enum ReasonCode
{
    /// <summary>The customer said that this channel is welcome for this purpose.</summary>
    Welcome,

    /// <summary>The customer said nothing about it, and the policy permits it.</summary>
    AllowedByPolicy,

    /// <summary>The customer wants no contact for this purpose.</summary>
    PurposeUnwelcome,

    /// <summary>The customer does not want this channel for this purpose.</summary>
    ChannelUnwelcome,

    /// <summary>Only the customer's own yes opens this purpose, and there is none.</summary>
    NeedsOwnYes,

    /// <summary>A yes was written down, and the customer has not confirmed it by an act of their own.</summary>
    NeedsConfirmation,

    /// <summary>The customer said nothing about it, and the policy does not permit it.</summary>
    NotInPolicy,

    /// <summary>There is no address for this channel.</summary>
    NoAddress,

    /// <summary>The address does not work. A fact about the address, not a wish.</summary>
    Undeliverable,

    /// <summary>A contact there was reported as unwanted. A fact that a machine told, not a wish: they are to be asked.</summary>
    ReportedUnwanted,

    /// <summary>The customer wants to be left in peace until a moment.</summary>
    Paused,

    /// <summary>The moment is not in the hours that the customer named.</summary>
    OutsideTheirHours,

    /// <summary>The moment is not civil in the customer's time zone.</summary>
    OutsideCivilHours,

    /// <summary>It is a public holiday where the customer lives, and they did not say that it makes no difference.</summary>
    PublicHoliday,

    /// <summary>There is no moment that is civil in every time zone in which the customer may be.</summary>
    TimeZoneUnknown,

    /// <summary>There were already as many contacts as the customer wants.</summary>
    TheirLimitReached,

    /// <summary>There were already as many contacts as the policy permits.</summary>
    PolicyLimitReached,

    /// <summary>Whoever asks wants it later.</summary>
    NotYet,

    /// <summary>No permitted moment comes before it is useless.</summary>
    TooLate,

    /// <summary>The request does not name what the law, or the customer's own request, it rests on.</summary>
    NoGround,

    /// <summary>This step has already been decided for this customer.</summary>
    AlreadyDecided,

    /// <summary>The house does not use this channel at all. A fact about the house, not a wish.</summary>
    NotOffered,
}
