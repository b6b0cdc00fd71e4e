using Microsoft.AspNetCore.StaticAssets;

namespace Regard.Layout;

/// <summary>
/// The addresses of our style sheets, scripts and icons with the fingerprint of their content, which browsers may keep for ever.
/// Read from the endpoints that MapStaticAssets made, so that it also holds for error pages, which have no endpoint of their own.
/// </summary>
internal sealed class AssetPaths
{
    private IReadOnlyDictionary<string, string> _fingerprinted = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The address of a file under wwwroot, as in <c>Paths["lib/tabler.css"]</c>; without a fingerprint if the build made none.</summary>
    public string this[string file] => "/" + _fingerprinted.GetValueOrDefault(file, file);

    /// <summary>Called once, when the program is put together.</summary>
    /// <param name="endpoints">Those of the static files alone: asking for all would build every endpoint of the program once more.</param>
    public void Read(EndpointDataSource endpoints)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not { } asset) continue;
            var label = asset.Properties.FirstOrDefault(property => property.Name == "label")?.Value;
            if (label is not null) paths[label] = asset.Route;
        }
        _fingerprinted = paths;
    }
}
