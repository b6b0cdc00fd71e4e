using Regard.Contact;

namespace Regard.Outreach;

/// <summary>What a campaign must say before it is kept.</summary>
public sealed class CampaignDraftTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 11, 0);

    [Theory]
    [InlineData("A new blend is here.", true)]
    [InlineData("Dear {{name}}, a new blend is here.", true)]
    [InlineData("Dear {{ address_as }}, a new blend is here.", true)]
    [InlineData("You bought {{product}}: it has a new lid.", false)]
    [InlineData("You bought {{ Product }}.", false)]
    [InlineData("Your last order was on {{last_order}}.", false)]
    [InlineData("With us since {{customer_since}}.", false)]
    [Trait("req", "L9")]
    public void a_message_that_reads_the_same_to_everybody_is_refused(string text, bool isGeneric)
    {
        foreach (var purpose in new[] { Purpose.Marketing, Purpose.Care, Purpose.Research })
            Draft(purpose, text).Problems(Now).Any(problem => problem.Field == "text_en" && problem.Text.Contains("would read the same to everybody", StringComparison.Ordinal)).ShouldBe(isGeneric, $"{purpose}");
        Draft(Purpose.Legal, text).Problems(Now).ShouldBeEmpty("what the law requires may be said to everybody alike");
    }

    [Fact]
    [Trait("req", "L9")]
    public void a_subject_alone_does_not_make_a_message_theirs() =>
        (Draft(Purpose.Care, "A new blend is here.") with { Messages = new Dictionary<string, CampaignMessage> { ["en"] = new("Your {{product}}", "A new blend is here.") } }).Problems(Now).ShouldNotBeEmpty();

    [Fact]
    [Trait("req", "L9")]
    public void each_language_must_rest_on_something() =>
        (Draft(Purpose.Care, "You bought {{product}}.") with { Messages = new Dictionary<string, CampaignMessage> { ["en"] = new("Lid", "You bought {{product}}."), ["de"] = new("Deckel", "Es gibt Neues.") } })
            .Problems(Now).ShouldHaveSingleItem().Field.ShouldBe("text_de");

    [Fact]
    public void an_answer_to_a_customers_own_matter_cannot_go_to_many() => Draft(Purpose.Service, "You bought {{product}}.").Problems(Now).ShouldContain(problem => problem.Field == "purpose");

    [Theory]
    [InlineData("{{birthday}}")]
    [InlineData("{{#each this}}{{@key}}{{/each}}")]
    [InlineData("{{{product}}} {{../secret}}")]
    [InlineData("{{}}")]
    public void a_field_that_is_none_is_refused(string text) => Draft(Purpose.Care, $"You bought {{{{product}}}}. {text}").Problems(Now).ShouldHaveSingleItem().Text.ShouldContain("No field is called");

    [Fact]
    public void a_campaign_ends_after_it_begins_and_within_a_year()
    {
        var draft = Draft(Purpose.Care, "You bought {{product}}.");
        (draft with { LatestUseful = Now }).Problems(Now).ShouldHaveSingleItem().Field.ShouldBe("latest_useful");
        (draft with { Earliest = draft.LatestUseful }).Problems(Now).ShouldHaveSingleItem().Field.ShouldBe("latest_useful");
        (draft with { LatestUseful = Now + Duration.FromDays(400) }).Problems(Now).ShouldHaveSingleItem().Field.ShouldBe("latest_useful");
        (draft with { LatestUseful = null }).Problems(Now).ShouldHaveSingleItem().Field.ShouldBe("latest_useful");
        draft.Problems(Now).ShouldBeEmpty();
    }

    [Fact]
    public void a_value_means_itself_and_a_gap_is_never_sent()
    {
        var message = new CampaignMessage("Your {{product}}", "You bought {{product}}, {{address_as}}.");
        var filled = message.For(new Dictionary<CampaignField, string> { [CampaignField.Product] = "{{name}} $1 <b>", [CampaignField.AddressAs] = "Anna\nB" })!;
        filled.Text.ShouldBe("You bought {{name}} $1 <b>, Anna\nB.");
        message.For(new Dictionary<CampaignField, string> { [CampaignField.AddressAs] = "Anna" }).ShouldBeNull();
        message.For(new Dictionary<CampaignField, string> { [CampaignField.Product] = " ", [CampaignField.AddressAs] = "Anna" }).ShouldBeNull();
        new CampaignMessage("{{product}}", "{{product}}").For(new Dictionary<CampaignField, string> { [CampaignField.Product] = "a\nBcc: x" })!.Subject.ShouldBe("a Bcc: x");
    }

    private static CampaignDraft Draft(Purpose purpose, string text) => new()
    {
        Title = "Lids",
        Purpose = purpose,
        LegalGround = purpose == Purpose.Legal ? "product recall" : null,
        LatestUseful = Now + Duration.FromDays(14),
        Messages = new Dictionary<string, CampaignMessage> { ["en"] = new("A new lid", text) },
    };
}
