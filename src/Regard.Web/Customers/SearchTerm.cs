namespace Regard.Customers;

/// <summary>A word under which a customer is found.</summary>
/// <param name="Term">Folded.</param>
/// <param name="NameKey">All words of the name, with a space before and after each, so that other words of a query are found beside the term.</param>
/// <param name="IsWord">Whether it may be misspelt; numbers and ids are only found as they are.</param>
internal sealed record SearchTerm(string Term, string NameKey, bool IsWord)
{
    /// <summary>All terms of a customer, each once.</summary>
    public static IReadOnlyList<SearchTerm> Of(CustomerProfile profile)
    {
        var words = NameFold.Words(profile.Name.Contains('@', StringComparison.Ordinal) ? null : profile.Name, profile.GivenName, profile.FamilyName, profile.AddressAs);
        var key = words.Count == 0 ? " " : $" {string.Join(' ', words)} ";
        var terms = words.Select(word => new SearchTerm(word, key, !word.Any(char.IsDigit))).ToList();
        foreach (var identity in profile.Identities)
        {
            var number = identity.Kind switch
            {
                IdentityKind.Phone => IdentityForm.NationalDigits(identity.Value),
                IdentityKind.External => NameFold.Fold(identity.Value[(identity.Value.IndexOf(':', StringComparison.Ordinal) + 1)..]).Replace(" ", "", StringComparison.Ordinal),
                _ => "",
            };
            if (number.Length >= 2 && terms.TrueForAll(t => t.Term != number)) terms.Add(new SearchTerm(number, key, false));
        }
        return terms;
    }
}
