namespace Regard.Timeline;

/// <summary>The part of the company that a customer met. To the customer it is all one company.</summary>
public enum Department
{
    /// <summary>Selling, quoting, advising before the purchase.</summary>
    Sales,

    /// <summary>Help, questions, complaints.</summary>
    Service,

    /// <summary>Campaigns, newsletters, surveys.</summary>
    Marketing,

    /// <summary>Shipping, installing, collecting returns.</summary>
    Delivery,

    /// <summary>Invoices, payments, reminders.</summary>
    Finance,

    /// <summary>The shop's web site or app.</summary>
    Web,

    /// <summary>A shop that one walks into.</summary>
    Store,

    /// <summary>Any other.</summary>
    Other,
}
