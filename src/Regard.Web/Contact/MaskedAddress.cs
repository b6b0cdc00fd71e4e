namespace Regard.Contact;

/// <summary>Writes an address so that its owner knows it again and nobody else learns it: "a•••@h•••.example".</summary>
internal static class MaskedAddress
{
    private const string Hidden = "•••";

    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0) return Hidden + address[Math.Max(0, address.Length - 2)..];
        var (name, host) = (address[..at], address[(at + 1)..]);
        var dot = host.LastIndexOf('.');
        return $"{name[..1]}{Hidden}@{(host.Length == 0 ? "" : host[..1])}{Hidden}{(dot < 0 ? "" : host[dot..])}";
    }
}
