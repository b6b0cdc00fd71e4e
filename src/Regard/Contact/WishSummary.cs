using System.Globalization;

namespace Regard.Contact;

/// <summary>What a customer's wishes mean, for people to read: for each purpose every channel, welcome or not, and why.</summary>
/// <param name="Purpose">The purpose.</param>
/// <param name="Channels">Every channel; the welcome ones first, in the customer's order.</param>
public sealed record WishSummary(Purpose Purpose, IReadOnlyList<ChannelWelcome> Channels)
{
    /// <summary>Whether any channel is welcome.</summary>
    public bool IsOpen => Channels.Any(channel => channel.IsWelcome);

    /// <summary>The purpose in one line, for example <c>by e-mail, then a call</c>.</summary>
    public string Line => IsOpen ? "by " + string.Join(", then ", Channels.Where(c => c.IsWelcome).Select(c => c.Channel.InWords())) : "not at all";

    /// <summary>The summary of every purpose.</summary>
    public static IReadOnlyList<WishSummary> Of(Wishes wishes, ContactPolicy policy) => [.. Purposes.All.Select(purpose =>
    {
        var rule = wishes.Compiled.For(purpose);
        var defaults = policy.Default(purpose);
        var order = (rule.IsNamed ? rule.Named : defaults).ToList().Concat(Contact.Channels.All).Distinct();
        return new WishSummary(purpose, [.. order
            .Select(channel => rule.Permits(channel, defaults)
                ? new ChannelWelcome(channel, true, rule.Welcome(channel)[0])
                : new ChannelWelcome(channel, false, rule.Unwelcomed(channel)))
            .OrderBy(welcome => !welcome.IsWelcome)]);
    })];

    /// <summary>Hours, limits, pause and person in sentences to the customer; empty = nothing of that was said.</summary>
    public static IReadOnlyList<string> Terms(Wishes wishes, Instant now)
    {
        var terms = new List<string>();
        if (wishes.Pause is { } pause && pause.Until > now) terms.Add($"Nothing that we begin before {pause.Until.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}.");
        foreach (var same in wishes.Hours.GroupBy(hours => string.Join("; ", hours.Windows.Select(Window))))
            terms.Add($"{string.Join(", ", same.Select(hours => hours.Channel.InWords()))}: {(same.Key.Length == 0 ? "at no hour" : same.Key)}.");
        foreach (var state in wishes.Limits)
            terms.Add($"At most {state.Limit.Count} in {state.Limit.Days} days{(state.Limit.Purpose is { } purpose ? $" for {purpose.InWords()}" : "")}.");
        if (wishes.Person is { } person) terms.Add($"Deals with {person}.");
        return terms;
    }

    private static string Window(ContactWindow window) =>
        $"{string.Join(" ", window.Days.Select(day => day.ToString()[..3]))} {window.From.ToString("HH:mm", CultureInfo.InvariantCulture)}–{window.To.ToString("HH:mm", CultureInfo.InvariantCulture)}";
}

/// <summary>One channel for one purpose.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="IsWelcome">Whether it may be used, address and hour apart.</param>
/// <param name="Why">What decided it.</param>
public sealed record ChannelWelcome(Channel Channel, bool IsWelcome, Reason Why);
