using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Regard.Mail;

/// <summary>Mails as the standards write them, and as they come.</summary>
public sealed class MailParserTests
{
    private static MailPart Read(string mail) => MailParser.Read(Encoding.Latin1.GetBytes(mail.ReplaceLineEndings("\r\n")));

    [Theory]
    [InlineData("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße")]
    [InlineData("=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=", "Keld Jørn Simonsen")]
    [InlineData("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab")]
    [InlineData("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c")]
    [InlineData("=?utf-8?B?44Gr44KD4w==?= =?utf-8?B?gpPjgZM=?=", "にゃんこ")]
    [InlineData("=?ISO-2022-JP?B?GyRCRnxLXDhsGyhC?=", "日本語")]
    [InlineData("=?Shift_JIS?B?k/qWe4zq?=", "日本語")]
    [InlineData("=?GB2312?B?1tDOxA==?=", "中文")]
    [InlineData("=?euc-kr?B?x9GxuQ==?=", "한국")]
    [InlineData("=?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=", "Привет")]
    [InlineData("=?iso-8859-15?Q?20_=A4?=", "20 €")]
    [InlineData("=?utf-8*de?Q?Sch=C3=B6n?=", "Schön")]
    [InlineData("=?no-such-charset?Q?caf=C3=A9?=", "café")]
    [InlineData("=?utf-8?Q?broken", "=?utf-8?Q?broken")]
    public void encoded_words_are_read(string raw, string meant) => EncodedWords.Decode(raw).ShouldBe(meant);

    [Theory]
    [InlineData("attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt", "Grüße.txt")]
    [InlineData("attachment; filename*0=very; filename*1=\"long.txt\"", "verylong.txt")]
    [InlineData("attachment; filename*0*=iso-8859-1''na%EF; filename*1=ve.txt", "naïve.txt")]
    [InlineData("attachment; filename=\"=?utf-8?B?R3LDvMOfZQ==?=\"", "Grüße")]
    [InlineData("attachment; filename=../../etc/passwd", "passwd")]
    [InlineData("attachment; filename=\"a\\\"b; c.txt\" (a remark)", "a\"b; c.txt")]
    public void names_of_files_are_read_without_their_folder(string disposition, string name) =>
        Read($"Content-Disposition: {disposition}\n\nx").FileName.ShouldBe(name);

    [Theory]
    [InlineData("Anna <anna@example.org>, bob@example.org (Bob)", "Anna|anna@example.org;Bob|bob@example.org")]
    [InlineData("\"Gruber, Maria\" <maria@example.org>", "Gruber, Maria|maria@example.org")]
    [InlineData("team: anna@example.org, bob@example.org;", "|anna@example.org;|bob@example.org")]
    [InlineData("<@relay.example:anna@example.org>", "|anna@example.org")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("<>", "")]
    [InlineData("anna @ example.org", "|anna@example.org")]
    [InlineData("=?utf-8?Q?J=C3=B6rg?= <j@example.org>", "Jörg|j@example.org")]
    [InlineData("anna@example.org via 192.0.2.1; Thu, 29 Apr", "|anna@example.org")]
    public void mailboxes_are_read(string field, string expected) =>
        string.Join(';', Mailbox.ReadList(field).Select(mailbox => $"{mailbox.Name}|{mailbox.Address}")).ShouldBe(expected);

    [Theory]
    [InlineData("Thu, 29 Apr 2010 23:34:45 +0900", "2010-04-29T14:34:45Z")]
    [InlineData("29 Apr 10 23:34 EST", "2010-04-30T04:34:00Z")]
    [InlineData("Thu,29 Apr 2010 23:34:60 GMT (leap)", "2010-04-29T23:34:59Z")]
    [InlineData("31 Feb 2010 10:00:00 +0000", null)]
    [InlineData("yesterday", null)]
    public void dates_are_read(string field, string? expected) => MailDate.Read(field)?.ToString().ShouldBe(expected);

    [Fact]
    public void parts_are_read_with_their_own_encodings_and_without_an_end()
    {
        var mail = Read("From: a@example.org\nContent-Type: multipart/mixed; boundary=x\n\npreamble\n--x\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=\n=DFe\n--x\nContent-Type: multipart/alternative; boundary=\"x y\"\n\n--x y\nContent-Type: text/html\n\n<p>Hello&nbsp;you</p><script>no</script>\n--x\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogSW5uZXINCg0KQm9keQ==\n");
        mail.Parts.Count.ShouldBe(3);
        mail.Parts[0].Text.ShouldBe("Grüße");
        mail.Parts[1].Parts.ShouldHaveSingleItem().Type.Name.ShouldBe("text/html");
        mail.Parts[2].Parts.ShouldHaveSingleItem().Words("subject").ShouldBe("Inner");
        MailText.Of(mail).ShouldBe("Grüße");
    }

    [Theory]
    [InlineData("From x@y Thu\nSubject: a\n\nb", "a", "b")]
    [InlineData("\n \nSubject: a\n\nb", "a", "b")]
    [InlineData("Subject: a\nwrapped without indent\nTo: x@example.org\n\nb", "a wrapped without indent", "b")]
    [InlineData("Subject: a\nno field, no empty line", "a", "no field, no empty line")]
    [InlineData("Subject: a\nContent-Type: multipart/report; boundary=gone\n\nb", "a", "b")]
    [InlineData("Subject: a\nContent-Type: text/plain; charset=utf-7\n\n+AOQ-b", "a", "äb")]
    [InlineData("Subject: a\nContent-Type: \n\nb", "a", "b")]
    public void broken_mails_are_read_as_well_as_can_be(string raw, string subject, string body)
    {
        var mail = Read(raw);
        mail.Words("Subject").ShouldBe(subject);
        MailText.Of(mail).ShouldBe(body);
    }

    [Fact]
    public void line_ends_of_any_kind_are_read_alike()
    {
        foreach (var end in new[] { "\n", "\r\n", "\r" })
        {
            var mail = MailParser.Read(Encoding.UTF8.GetBytes("Subject: ä\n\nbody\nmore".Replace("\n", end, StringComparison.Ordinal)));
            mail.Words("Subject").ShouldBe("ä");
            mail.Text.ShouldBe("body\nmore");
        }
    }

    [Theory]
    [InlineData("Yes please.\n\nOn Tue, 1 Dec 2026, Care wrote:\n> Shall we?", "Yes please.")]
    [InlineData("Ja gerne.\n\nAm 01.12.2026 um 10:00 schrieb Care <care@example.org>:\n> Sollen wir?", "Ja gerne.")]
    [InlineData("Hello\n-- \nAnna, CEO", "Hello")]
    [InlineData("Hello\n-----Original Message-----\nFrom: x", "Hello")]
    [InlineData("> only quoted", "")]
    public void what_a_person_wrote_anew_is_told_from_what_they_quote(string body, string anew) => MailText.NewWords(Read($"Subject: a\n\n{body}")).ShouldBe(anew);

    [Fact]
    public void size_depth_and_number_are_bounded()
    {
        var deep = string.Concat(Enumerable.Range(0, 400).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"));
        MailParser.Read(Encoding.ASCII.GetBytes(deep)).AllParts().Count().ShouldBeLessThanOrEqualTo(MailParser.Deepest + 1);
        var wide = "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 5000));
        MailParser.Read(Encoding.ASCII.GetBytes(wide)).AllParts().Count().ShouldBeLessThanOrEqualTo(MailParser.MostParts + 1);
        MailParser.Read(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("X: y\n", 100_000)))).Fields.Count.ShouldBeLessThanOrEqualTo(1000);
    }

    [Fact]
    public void no_bytes_are_too_strange()
    {
        byte[] whole = Encoding.UTF8.GetBytes("Return-Path: <>\nFrom: mailer-daemon@example.org\nSubject: =?utf-8?Q?fail=C3=BCre?=\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n<a@example.org>: 550 5.1.1 no\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822;a@example.org\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\nTo: a@example.org\n\nx\n--b--\n");
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<int>(),
            (noise, from, until) =>
            {
                var (a, b) = (Math.Abs(from % whole.Length), Math.Abs(until % whole.Length));
                foreach (var mail in new[] { noise, [.. whole[..a], .. noise, .. whole[b..]], [.. whole[a..], .. noise] })
                {
                    var part = MailParser.Read(mail);
                    MailReader.Read(part);
                    MailText.NewWords(part);
                    _ = part.AllParts().Select(one => (one.FileName, one.Text)).ToList();
                }
            }).QuickCheckThrowOnFailure();
    }
}
