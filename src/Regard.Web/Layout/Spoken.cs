using Microsoft.AspNetCore.Components;

namespace Regard.Layout;

/// <summary>A component whose words are in the language of the page.</summary>
public abstract class Spoken : ComponentBase
{
    [CascadingParameter] public HttpContext Http { get; set; } = null!;

    /// <summary>The language of the page.</summary>
    protected HouseLanguage Tongue => Reader.LanguageOf(Http);

    /// <summary>The phrase in that language.</summary>
    protected string Say(Phrase phrase, params ReadOnlySpan<object?> values) => phrase.In(Tongue, values);
}
