using System.Net;
using System.Text.RegularExpressions;

namespace Regard.Layout;

public sealed class FacesTests
{
    [Fact]
    public async Task a_page_stands_in_its_layout_and_shows_only_what_its_viewer_may_open()
    {
        await using var site = await SampleSite.StartAsync();
        var page = await site.Client.GetStringAsync("/today");
        page.ShouldStartWith("<!DOCTYPE html>");
        page.ShouldContain("<title>Sample &lt;1&gt; · Regard</title>");
        page.ShouldContain("href=\"/today\" aria-current=\"page\"");
        page.ShouldContain("href=\"/customers\"");
        page.ShouldNotContain("href=\"/settings\"");
    }

    [Fact]
    public async Task an_instant_is_shown_in_the_viewers_zone_and_told_to_machines_in_utc()
    {
        await using var site = await SampleSite.StartAsync();
        (await site.Client.GetStringAsync("/today")).ShouldContain("<time datetime=\"2026-07-01T22:30:00Z\" title=\"2 Jul 2026, 00:30 (Europe/Stockholm)\">2 Jul 2026, 00:30</time>");
    }

    [Fact]
    public async Task nothing_in_a_page_needs_more_than_the_content_security_policy_allows()
    {
        await using var site = await SampleSite.StartAsync();
        using var answer = await site.Client.GetAsync("/today");
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe([Faces.ContentSecurityPolicy]);
        var page = await answer.Content.ReadAsStringAsync();
        Regex.Matches(page, "<script(?![^>]* src=)|<style| style=| on[a-z]+=|javascript:|https?://").Select(match => match.Value).ShouldBeEmpty();
    }

    [Fact]
    public async Task every_file_a_page_asks_for_is_there_and_may_be_kept_for_ever()
    {
        await using var site = await SampleSite.StartAsync();
        var page = await site.Client.GetStringAsync("/today");
        var files = Regex.Matches(page, "(?:src|href|data-echarts)=\"(/[^\"#]+\\.(?:css|js|svg))").Select(match => match.Groups[1].Value).Distinct().ToList();
        files.Count.ShouldBe(7);
        foreach (var file in files)
        {
            using var answer = await site.Client.GetAsync(file);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable", customMessage: file);
        }
    }

    [Fact]
    public async Task a_message_is_shown_once_and_not_to_a_page_fetched_in_advance()
    {
        await using var site = await SampleSite.StartAsync();
        using var saved = await site.PostAsync("/save", new() { ["email"] = "a <b>" });
        saved.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var advance = new HttpRequestMessage(HttpMethod.Get, "/today") { Headers = { { "X-Sec-Purpose", "prefetch" } } };
        (await (await site.Client.SendAsync(advance)).Content.ReadAsStringAsync()).ShouldNotContain("Saved");
        (await site.Client.GetStringAsync("/today")).ShouldContain("Saved a &lt;b&gt;");
        (await site.Client.GetStringAsync("/today")).ShouldNotContain("Saved");
    }

    [Fact]
    public async Task a_message_that_somebody_else_wrote_into_the_cookie_is_not_shown()
    {
        await using var site = await SampleSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/today") { Headers = { { "Cookie", "flash=1Call+this+number" } } };
        using var answer = await site.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("this+number");
    }

    [Fact]
    public async Task a_form_without_its_token_changes_nothing_and_explains_itself()
    {
        await using var site = await SampleSite.StartAsync();
        using var answer = await site.Client.PostAsync("/save", new FormUrlEncodedContent([new("email", "x")]));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("That form could not be read");
    }

    [Fact]
    public async Task the_theme_is_remembered_and_rendered_by_the_server()
    {
        await using var site = await SampleSite.StartAsync();
        (await site.Client.GetStringAsync("/today")).ShouldContain("data-bs-theme=\"auto\"");
        using var chosen = await site.Client.PostAsync("/theme", new FormUrlEncodedContent(new Dictionary<string, string> { ["theme"] = "dark", ["back"] = "/today?q=1" }));
        chosen.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        chosen.Headers.Location!.OriginalString.ShouldBe("/today?q=1");
        (await site.Client.GetStringAsync("/today")).ShouldContain("data-bs-theme=\"dark\"");
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    [InlineData("")]
    public async Task the_way_back_never_leads_to_another_host(string back)
    {
        await using var site = await SampleSite.StartAsync();
        using var answer = await site.Client.PostAsync("/theme", new FormUrlEncodedContent(new Dictionary<string, string> { ["theme"] = "light", ["back"] = back }));
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Theory]
    [InlineData("/nowhere", 404, "There is no such page")]
    [InlineData("/missing", 404, "There is no such page")]
    [InlineData("/broken", 500, "That went wrong on our side")]
    public async Task an_error_has_a_page_that_says_what_to_do_and_gives_nothing_away(string path, int status, string title)
    {
        await using var site = await SampleSite.StartAsync();
        using var answer = await site.Client.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(status);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain(title);
        page.ShouldNotContain("secret");
        answer.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
    }

    [Fact]
    public async Task a_machine_gets_no_page_for_an_error()
    {
        await using var site = await SampleSite.StartAsync();
        using var answer = await site.Client.GetAsync("/api/nowhere");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }
}
