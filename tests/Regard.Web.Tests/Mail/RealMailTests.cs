using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Regard.Kit;

namespace Regard.Mail;

/// <summary>Real mails, and what two readers that others wrote make of the same bytes.</summary>
[Trait("req", "P5")]
public sealed class RealMailTests
{
    [Theory]
    [InlineData("arf-01.eml", "complaint abuse")]
    [InlineData("arf-02.eml", "complaint abuse this-local-part-does-not-exist-on-yahoo@yahoo.com")]
    [InlineData("arf-11.eml", "complaint abuse")]
    [InlineData("arf-15.eml", "complaint abuse")]
    [InlineData("is-not-bounce-01.eml", "person")]
    [InlineData("is-not-bounce-02.eml", "person")]
    [InlineData("lhost-exim-01.eml", "bounce kijitora@example.ed.jp permanent 5.7.0 policy")]
    [InlineData("lhost-gmail-01.eml", "bounce userunknown@example.jp permanent 5.1.1 no_mailbox dead")]
    [InlineData("lhost-postfix-01.eml", "bounce r@p351355.pool.example.ne.jp permanent 5.1.1 no_mailbox dead")]
    [InlineData("lhost-postfix-05.eml", "bounce kijitora@example.org transient 4.1.1 no_mailbox")]
    [InlineData("rfc3464-01.eml", "bounce userunknown@bouncehammer.jp permanent 5.1.1 no_mailbox dead")]
    [InlineData("rfc3464-03.eml", "bounce kijitora@example.com permanent 5.0.0 policy")]
    [InlineData("rfc3464-40.eml", "bounce kijitora@nyaan.neko.example.com transient 4.4.6 system")]
    [InlineData("rfc3834-01.eml", "auto_reply")]
    [InlineData("rfc3834-02.eml", "auto_reply")]
    public void real_mails_are_read_for_what_they_are(string file, string expected) => Say(MailReader.Read(MailParser.Read(File.ReadAllBytes(SharedData.File("mail/" + file))))).ShouldStartWith(expected);

    [Fact, Trait("pace", "long")]
    public async Task other_readers_understand_the_same_bytes_alike()
    {
        var folder = Directory.CreateTempSubdirectory("regard-mail-");
        try
        {
            var files = Directory.GetFiles(Path.GetDirectoryName(SharedData.File("mail/arf-01.eml"))!, "*.eml").Order().ToList();
            foreach (var (name, content) in Hard()) files.Add(await WriteAsync(Path.Combine(folder.FullName, name), content));
            var node = await LinesAsync("node", ["parse.mjs", .. files]);
            var python = await LinesAsync("python3", ["parse.py", .. files]);
            for (var i = 0; i < files.Count; i++)
            {
                var mail = MailParser.Read(await File.ReadAllBytesAsync(files[i]));
                var (theirs, snake) = (node[i].RootElement, python[i].RootElement);
                var name = Path.GetFileName(files[i]);
                mail.Words("Subject").ShouldBe(theirs.GetProperty("subject").GetString(), name);
                mail.Words("Subject").ShouldBe(snake.GetProperty("subject").GetString(), name);
                (mail.Mailboxes("From") is [var from, ..] ? from.Address : "").ShouldBe(theirs.GetProperty("from").GetString(), name);
                (mail["Message-ID"] ?? "").ShouldBe(theirs.GetProperty("messageId").GetString(), name);
                // Reports carry mails of which the other reader makes one text: compared are those that are read like a letter.
                if (mail.AllParts().All(part => part.Type.Name is "text/plain" or "multipart/mixed" || part.IsAttachment)) Plain(MailText.Of(mail)).ShouldBe(Plain(theirs.GetProperty("text").GetString()!), name);
                // Python takes the fields of a report for mails of their own.
                if (mail.AllParts().Any(part => part.Type.Name is "message/feedback-report" or "message/delivery-status")) continue;
                mail.AllParts().Select(part => part.Type.Name).ShouldBe(snake.GetProperty("types").EnumerateArray().Select(type => type.GetString()), name);
                mail.AllParts().Where(part => part.Type.Name == "text/plain").Select(part => part.Text.TrimEnd('\n')).ShouldBe(snake.GetProperty("texts").EnumerateArray().Select(text => text.GetString()), name);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Say(MailReading reading)
    {
        var text = new StringBuilder(Words.Of(reading.Kind));
        if (reading.FeedbackType is { } type) text.Append(' ').Append(type).Append(' ').AppendJoin(' ', reading.AboutAddresses);
        foreach (var one in reading.Recipients)
            text.Append(' ').Append(one.Address).Append(one.IsDelayed ? " delayed " : one.IsPermanent ? " permanent " : " transient ").Append(one.Status).Append(' ').Append(Words.Of(one.Reason)).Append(one.IsAddressDead ? " dead" : "");
        return text.ToString();
    }

    // In the encodings that the world writes in.
    private static IEnumerable<(string Name, byte[] Content)> Hard()
    {
        foreach (var (charset, page, words) in new[] { ("iso-2022-jp", 50220, "日本語のメール"), ("shift_jis", 932, "日本語のメール"), ("gb2312", 54936, "中文邮件"), ("euc-kr", 949, "한국어 편지"), ("windows-1251", 1251, "Привет, мир"), ("iso-8859-15", 28605, "20 € für Grüße"), ("koi8-r", 20866, "Привет"), ("utf-8", 65001, "Grüße ☕") })
        {
            var encoding = page == 65001 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(page)!;
            var header = $"From: =?{charset}?B?{Convert.ToBase64String(encoding.GetBytes(words))}?= <a@example.org>\r\nMessage-ID: <{charset}@example.org>\r\nSubject: =?{charset}?B?{Convert.ToBase64String(encoding.GetBytes(words))}?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n";
            yield return (charset + ".eml", Encoding.ASCII.GetBytes(header + Convert.ToBase64String(encoding.GetBytes(words + "\r\n" + words)) + "\r\n"));
        }
    }

    private static string Plain(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));

    private static async Task<string> WriteAsync(string file, byte[] content)
    {
        await File.WriteAllBytesAsync(file, content);
        return file;
    }

    private static async Task<List<JsonDocument>> LinesAsync(string program, string[] arguments)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Regard.slnx"))) root = root.Parent;
        var folder = Path.Combine(root.FullName, "tests", "mail");
        if (program == "node" && !Directory.Exists(Path.Combine(folder, "node_modules", "mailparser")))
        {
            using var restore = Process.Start(new ProcessStartInfo("npm", ["ci"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            await restore.WaitForExitAsync();
        }
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return [.. lines.Select(line => JsonDocument.Parse(line))];
    }
}
