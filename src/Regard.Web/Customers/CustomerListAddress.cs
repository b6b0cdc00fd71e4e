using Microsoft.AspNetCore.Mvc;

namespace Regard.Customers;

/// <summary>The words of the list that an address and a form hold alike.</summary>
internal abstract record CustomerListFilter
{
    [FromQuery(Name = "kind")] public string? Kind { get; init; }
    [FromQuery(Name = "country")] public string? Country { get; init; }
    [FromQuery(Name = "language")] public string? Language { get; init; }
    [FromQuery(Name = "case")] public string? Case { get; init; }
    [FromQuery(Name = "bought")] public string? Bought { get; init; }
    [FromQuery(Name = "silent")] public string? Silent { get; init; }
    [FromQuery(Name = "sort")] public string? Sort { get; init; }

    protected CustomerListQuery Query(string? text, string? after, SealedWords words) => new()
    {
        Text = text,
        Kind = Kind,
        Country = Country,
        Language = Language,
        Case = Case,
        Bought = Bought,
        Silent = Silent,
        Sort = Sort,
        After = after,
        Seal = words.Seal,
    };
}

/// <summary>The list's words as the address holds them: the search and the cursor only sealed.</summary>
internal sealed record CustomerListAddress : CustomerListFilter
{
    [FromQuery(Name = "s")] public string? Search { get; init; }
    [FromQuery(Name = "after")] public string? After { get; init; }

    public CustomerListQuery Query(SealedWords words) => Query(words.Open(Search), words.Open(After), words);
}

/// <summary>The list's words as a form holds them.</summary>
internal sealed record CustomerListForm : CustomerListFilter
{
    public string? Q { get; init; }

    public CustomerListQuery Query(SealedWords words) => Query(Q, null, words);
}
