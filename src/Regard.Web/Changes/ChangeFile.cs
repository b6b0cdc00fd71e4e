using System.Text.Json;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>A change in a file: JSON with comments and trailing commas allowed, the same members as in the API.</summary>
internal static class ChangeFile
{
    private static readonly JsonSerializerOptions Lenient = new(Json.Options) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="FormatException">The file cannot be read as a change; the message says where.</exception>
    public static ChangeInput Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ChangeInput>(text, Lenient) ?? throw new FormatException("The file is empty.");
        }
        catch (JsonException failure)
        {
            throw new FormatException($"The file is no change: line {failure.LineNumber + 1}, {failure.Path}. Expected for example {{\"kind\": \"price\", \"title\": \"…\", \"reason\": \"…\", \"effective_on\": \"2027-01-01\", \"percent\": 8, \"products\": [{{\"sku\": \"…\"}}]}}.");
        }
    }
}
