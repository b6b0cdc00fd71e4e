namespace Regard.Layout;

/// <summary>
/// The icons in use, by what they mean to us. The build cuts exactly these out of Tabler's sprite:
/// a new icon is a new line here (names: https://tabler.io/icons).
/// </summary>
public static class Icons
{
    public const string Add = "plus";
    public const string Address = "map-pin";
    public const string Allowed = "circle-check";
    public const string Asleep = "zzz";
    public const string Back = "arrow-left";
    public const string Building = "building-store";
    public const string Cake = "cake";
    public const string Calendar = "calendar";
    public const string Card = "credit-card";
    public const string Cases = "messages";
    public const string Changes = "replace";
    public const string Chart = "chart-bar";
    public const string Check = "check";
    public const string Clock = "clock";
    public const string Close = "x";
    public const string Customers = "users";
    public const string Customer = "user";
    public const string Danger = "alert-triangle";
    public const string Delete = "trash";
    public const string Download = "download";
    public const string Down = "chevron-down";
    public const string Edit = "pencil";
    public const string Email = "mail";
    public const string Export = "file-export";
    public const string Feedback = "message-star";
    public const string Filter = "filter";
    public const string Flag = "flag";
    public const string Forbidden = "ban";
    public const string Gift = "gift";
    public const string Heart = "heart-handshake";
    public const string History = "history";
    public const string Import = "file-import";
    public const string Info = "info-circle";
    public const string Insight = "chart-dots";
    public const string Key = "key";
    public const string Language = "language";
    public const string Letter = "mailbox";
    public const string Link = "link";
    public const string Loyalty = "award";
    public const string Menu = "menu-2";
    public const string Merge = "arrow-merge";
    public const string Next = "chevron-right";
    public const string Note = "note";
    public const string Orders = "shopping-bag";
    public const string Outreach = "speakerphone";
    public const string Phone = "phone";
    public const string Portal = "door-enter";
    public const string Previous = "chevron-left";
    public const string Price = "tag";
    public const string Product = "package";
    public const string Quarantine = "shield-exclamation";
    public const string Quote = "quote";
    public const string Return = "truck-return";
    public const string Search = "search";
    public const string Secure = "shield-check";
    public const string Settings = "settings";
    public const string SignOut = "logout";
    public const string Sms = "message";
    public const string SortDown = "arrow-narrow-down";
    public const string SortUp = "arrow-narrow-up";
    public const string ThemeAuto = "device-desktop";
    public const string ThemeDark = "moon";
    public const string ThemeLight = "sun";
    public const string Today = "sunrise";
    public const string Undo = "arrow-back-up";
    public const string Visit = "home-heart";
    public const string Warning = "alert-circle";
}
