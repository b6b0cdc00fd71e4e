using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Regard.Kit;

namespace Regard.Mail;

/// <summary>A mail server hands mails over: a client that others wrote, and one that misbehaves.</summary>
[Trait("req", "P5")]
public sealed class LmtpTests
{
    [Fact]
    public async Task a_mail_is_taken_for_each_recipient_when_it_is_committed()
    {
        await using var server = await TestServer.StartAsync("sqlite", settings: settings => settings with { LmtpPort = 0, RunsJobs = false });
        server.Clock.Reset(MailKit.Noon);
        var house = await MailKit.SentAsync(server.Data, returnDomain: null);
        var port = server.Services.GetRequiredService<LmtpJob>().Port;
        var mail = MailKit.Letter("A question", ".A dot at the start\n.\nof lines, and ä umlaut");
        using var answer = await HandOverAsync(port, mail, "care@regard.example", "other@regard.example");
        answer.RootElement.GetProperty("answers").EnumerateObject().Select(one => one.Value.GetInt32()).ShouldBe([250, 250]);
        answer.RootElement.GetProperty("extensions").EnumerateArray().Select(one => one.GetString()).ShouldContain("size");
        (await house.SeeAsync(work => work.ScalarAsync<long>("select count(*) from received_mail"))).ShouldBe(1);
        var kept = await house.SeeAsync(work => work.FirstAsync<string>("select raw from received_mail where customer_id = @Anna order by at limit 1", new { house.Anna }));
        Encoding.UTF8.GetString(IncomingMail.Unpacked(kept!)).ShouldBe(mail.ReplaceLineEndings("\r\n"));
        (await house.SeeAsync(work => work.FirstAsync<string>("select words from received_mail limit 1"))).ShouldBe(".A dot at the start\n.\nof lines, and ä umlaut");
    }

    [Fact]
    public async Task nonsense_is_answered_and_a_conversation_that_breaks_leaves_nothing()
    {
        await using var server = await TestServer.StartAsync("sqlite", settings: settings => settings with { LmtpPort = 0, RunsJobs = false });
        var port = server.Services.GetRequiredService<LmtpJob>().Port;
        using (var client = new TcpClient("127.0.0.1", port))
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            async Task<string> AskAsync(string line)
            {
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
                return (await reader.ReadLineAsync())![..3];
            }
            (await reader.ReadLineAsync())!.ShouldStartWith("220");
            (await AskAsync("EHLO x")).ShouldBe("500");
            (await AskAsync("DATA")).ShouldBe("503");
            (await AskAsync("RCPT TO:<a@b>")).ShouldBe("503");
            (await AskAsync("MAIL FROM:nobody")).ShouldBe("501");
            (await AskAsync("MAIL FROM:<>")).ShouldBe("250");
            (await AskAsync("RCPT TO:<>")).ShouldBe("501");
            (await AskAsync(new string('x', 20_000))).ShouldBe("500");
            await client.GetStream().WriteAsync("RCPT TO:<a@b>\r\nDATA\r\nSubject: half\r\n"u8.ToArray());
        }
        await using var work = await server.Data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from stray_mail")).ShouldBe(0);
    }

    private static async Task<JsonDocument> HandOverAsync(int port, string mail, params string[] recipients)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Regard.slnx"))) root = root.Parent;
        string[] arguments = ["lmtp.py", port.ToString(System.Globalization.CultureInfo.InvariantCulture), .. recipients];
        using var process = Process.Start(new ProcessStartInfo("python3", arguments) { WorkingDirectory = Path.Combine(root.FullName, "tests", "mail"), RedirectStandardOutput = true, RedirectStandardInput = true })!;
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")));
        process.StandardInput.Close();
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return JsonDocument.Parse(line);
    }
}
