using Microsoft.AspNetCore.Mvc;

namespace Regard.Customers;

/// <summary>The list's words as the address holds them: the search and the cursor only sealed.</summary>
internal sealed record CustomerListAddress
{
    [FromQuery(Name = "s")] public string? Search { get; init; }
    [FromQuery(Name = "kind")] public string? Kind { get; init; }
    [FromQuery(Name = "country")] public string? Country { get; init; }
    [FromQuery(Name = "language")] public string? Language { get; init; }
    [FromQuery(Name = "case")] public string? Case { get; init; }
    [FromQuery(Name = "bought")] public string? Bought { get; init; }
    [FromQuery(Name = "silent")] public string? Silent { get; init; }
    [FromQuery(Name = "sort")] public string? Sort { get; init; }
    [FromQuery(Name = "after")] public string? After { get; init; }

    public CustomerListQuery Query(SealedWords words) => new()
    {
        Text = words.Open(Search),
        Kind = Kind,
        Country = Country,
        Language = Language,
        Case = Case,
        Bought = Bought,
        Silent = Silent,
        Sort = Sort,
        After = words.Open(After),
        Seal = words.Seal,
    };
}

/// <summary>The list's words as a form holds them.</summary>
internal sealed record CustomerListForm
{
    public string? Q { get; init; }
    public string? Kind { get; init; }
    public string? Country { get; init; }
    public string? Language { get; init; }
    public string? Case { get; init; }
    public string? Bought { get; init; }
    public string? Silent { get; init; }
    public string? Sort { get; init; }

    public CustomerListQuery Query(SealedWords words) => new()
    {
        Text = Q,
        Kind = Kind,
        Country = Country,
        Language = Language,
        Case = Case,
        Bought = Bought,
        Silent = Silent,
        Sort = Sort,
        Seal = words.Seal,
    };
}
