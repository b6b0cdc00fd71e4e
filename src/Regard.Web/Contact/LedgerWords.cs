using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// The customer's own words within a ledger entry's documents. The entry's hash does not cover them but their seals, made under a key that
/// only this entry has: while the key is kept nobody can change a word unseen; when words and key are erased the chain still holds, and
/// from the seal nobody can find out, not even by guessing, what was said (docs/decisions/0012-erasing.md).
/// </summary>
internal static class LedgerWords
{
    private const string SealSuffix = "_seal";

    // What people said or named, wherever in a document it stands; everything else in it is our own words, ids, moments and numbers.
    private static readonly IReadOnlyList<string> Own = ["words", "person"];

    /// <summary>A new key: 128 random bits.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The form over which the hash is made, the same before and after erasing.</summary>
    /// <param name="key">The entry's key; null = its words were erased, and the document has their seals.</param>
    public static string Hashed(Json document, string? key) => CanonicalJson.Of(key is null ? document : Without(document, key));

    /// <summary>The document with each word replaced by its seal.</summary>
    public static Json Without(Json document, string key)
    {
        var node = JsonNode.Parse(document.Text);
        Seal(node, Encoding.UTF8.GetBytes(key));
        return Json.Of(node);
    }

    private static void Seal(JsonNode? node, byte[] key)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Seal(item, key);
        }
        else if (node is JsonObject parts)
        {
            foreach (var name in Own)
            {
                if (parts[name] is not JsonValue value || !value.TryGetValue<string>(out var text)) continue;
                parts.Remove(name);
                parts[name + SealSuffix] = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
            }
            foreach (var (_, part) in parts) Seal(part, key);
        }
    }
}
