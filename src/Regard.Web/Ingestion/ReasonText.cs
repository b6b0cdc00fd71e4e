namespace Regard.Ingestion;

/// <summary>Why an event is in quarantine, for people: what is wrong, and what helps.</summary>
internal static class ReasonText
{
    public static string Of(string reason) => reason switch
    {
        "too_large" => "Larger than 32 kB. Send it through again to take it in nevertheless.",
        "not_an_object" => "No JSON object. The sender has to be mended; discard it.",
        "unknown_type" => "Its type is none of identify, track, page, screen, group and alias.",
        "nobody" => "It names neither a user nor a visitor.",
        "event_missing" => "A track without the name of the event.",
        "group_id_missing" => "A group without the account's id.",
        "previous_id_missing" => "An alias without the earlier id.",
        "order_id_missing" => "An order event without the order's number.",
        "order_unknown" => "A refund or cancellation of an order that never came in. Send it through again when the order is here.",
        "order_of_another_customer" => "Its order is recorded for another customer. Perhaps the two are one: merge them, and send it through again.",
        "two_customers" => "Its two ids are two customers. If they are one person, merge them, and send it through again.",
        "currency_missing" => "An order without a currency.",
        "products_missing" => "An order without products.",
        "product_missing" => "A product without number.",
        "quantity_unreadable" => "A quantity that is no whole number from 1 up.",
        "price_unreadable" => "A price that is no amount from 0 up.",
        _ => "Regard failed at it, several times. The log says where; send it through again after an update.",
    };
}
