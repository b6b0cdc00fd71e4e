using System.Text;

namespace Regard.Mail;

/// <summary>What mails are, by what servers, programs and people really write.</summary>
[Trait("req", "P5")]
public sealed class MailReaderTests
{
    private static MailReading Read(string header, string body) =>
        MailReader.Read(MailParser.Read(Encoding.UTF8.GetBytes($"To: bounce@shop.example\n{header}\n\n{body}".ReplaceLineEndings("\r\n"))));

    private static MailReading Notice(string body, string from = "MAILER-DAEMON@mx.example.net", string subject = "failure notice") =>
        Read($"Return-Path: <>\nFrom: {from}\nSubject: {subject}", body);

    public static TheoryData<string, string, BounceReason, bool> Notices() => new()
    {
        { "qmail", "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<anna@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <bounce@shop.example>\nMessage-ID: <m1@shop.example>\nTo: anna@example.org\n", BounceReason.NoMailbox, true },
        { "qmail, host", "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n<anna@example.org>:\nSorry, I couldn't find any host named example.org. (#5.1.2)\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <m1@shop.example>\n", BounceReason.NoHost, true },
        { "exim", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  anna@example.org\n    SMTP error from remote mail server after RCPT TO:<anna@example.org>:\n    host mx.example.org [192.0.2.1]: 550 5.1.1 <anna@example.org>: User unknown\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-Id: <m1@shop.example>\nTo: anna@example.org\n", BounceReason.NoMailbox, true },
        { "postfix, full", "This is the mail system at host mx.example.net.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<anna@example.org>: host mx.example.org[192.0.2.1] said: 552 5.2.2 Mailbox\n    full (in reply to RCPT TO command)\n", BounceReason.Full, false },
        { "sendmail", "The original message was received at Mon, 1 Dec 2025 10:00:00 +0100\n\n   ----- The following addresses had permanent fatal errors -----\n<anna@example.org>\n    (reason: 550 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org)\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.org.:\n>>> RCPT To:<anna@example.org>\n<<< 550 5.7.1 Service unavailable; Client host [192.0.2.9] blocked\n554 5.0.0 Service unavailable\n", BounceReason.Sender, false },
        { "gmail", "** Address not found **\n\nYour message wasn't delivered to anna@example.org because the address couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address\n\n----- Original message -----\n\nMessage-ID: <m1@shop.example>\nTo: anna@example.org\n", BounceReason.NoMailbox, true },
        { "gmail, asleep", "Your message wasn't delivered to anna@example.org.\n\nThe response was:\n550 5.2.1 The email account that you tried to reach is disabled.\n", BounceReason.Disabled, true },
        { "yahoo", "Message from yahoo.com.\nUnable to deliver message to the following address(es).\n\n<anna@example.org>:\nThis user doesn't have a yahoo.com account (anna@example.org) [-9]\n\n--- Original message follows.\n\nMessage-ID: <m1@shop.example>\n", BounceReason.NoMailbox, true },
        { "exchange", "Your message did not reach some or all of the intended recipients.\n\n      Subject:\tHello\n      Sent:\t01.12.2025 10:00\n\nThe following recipient(s) could not be reached:\n\n      anna@example.org on 01.12.2025 10:00\n            The e-mail account does not exist at the organization this message was sent to.\n            <mx.example.org #5.1.1>\n", BounceReason.NoMailbox, true },
        { "microsoft 365", "Your message to anna@example.org couldn't be delivered.\n\nanna wasn't found at example.org.\n\nDiagnostic information for administrators:\n\nanna@example.org\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient anna@example.org not found by SMTP address lookup'\n\nOriginal message headers:\n\nMessage-ID: <m1@shop.example>\n", BounceReason.NoMailbox, true },
        { "exchange, german", "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Verteilerlisten:\n\nanna@example.org\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden. Überprüfen Sie die E-Mail-Adresse.\n\nmx.example.org #550 5.1.1 ##\n", BounceReason.NoMailbox, true },
        { "domino", "Your message\n\n  Subject: Hello\n\nwas not delivered to:\n\n  anna@example.org\n\nbecause:\n\n  User anna (anna@example.org) not listed in Domino Directory\n", BounceReason.NoMailbox, true },
        { "telephone company", "Each of the following recipients was rejected by a remote mail server.\nThe reasons given by the server are included to help you determine why\neach recipient was rejected.\n\n    Recipient: <anna@example.org>\n    >>> RCPT TO:<anna@example.org>\n    <<< 550 <anna@example.org>: User unknown\n", BounceReason.NoMailbox, true },
        { "grey list, given up", "<anna@example.org>: host mx.example.org[192.0.2.1] said: 450 4.2.0\n    <anna@example.org>: Recipient address rejected: Greylisted, see\n    http://postgrey.example/ (in reply to RCPT TO command)\nI could not deliver it.", BounceReason.Rate, false },
        { "time over", "I'm not going to try again; this message has been in the queue too long.\n\n<anna@example.org>:\nSorry, I wasn't able to establish an SMTP connection. (#4.4.1)\n", BounceReason.Expired, false },
        { "too large", "Delivery to the following recipients failed.\n\n       anna@example.org\n\n552 5.3.4 Message size exceeds fixed maximum message size\n", BounceReason.TooLarge, false },
        { "signature", "<anna@example.org>: host mx.example.org said: 550-5.7.26 Unauthenticated email from shop.example is not accepted due to domain's 550 5.7.26 DMARC policy. The message was rejected.", BounceReason.Sender, false },
        { "spam", "<anna@example.org>: 554 5.7.1 This message has been blocked because it contains spam\nIt could not be delivered.", BounceReason.Content, false },
        { "null mx", "<anna@example.org>: 556 5.1.10 Recipient address has null MX\nYour message could not be delivered.", BounceReason.NoHost, true },
        { "japanese", "以下の宛先へのメールは配信できませんでした。\n\n<anna@example.org>: 550 5.1.1 宛先のユーザは存在しません\n", BounceReason.NoMailbox, true },
        { "russian", "К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\nanna@example.org\nпользователь не найден\n", BounceReason.NoMailbox, true },
    };

    [Theory, MemberData(nameof(Notices))]
    public void servers_say_in_words_whom_they_could_not_reach(string server, string body, BounceReason reason, bool isDead)
    {
        var reading = Notice(body);
        reading.Kind.ShouldBe(MailKind.Bounce, server);
        var failed = reading.Recipients.ShouldHaveSingleItem();
        failed.Address.ShouldBe("anna@example.org", server);
        failed.Reason.ShouldBe(reason, server);
        failed.IsAddressDead.ShouldBe(isDead, server);
        if (body.Contains("m1@shop.example", StringComparison.Ordinal)) reading.About.ShouldContain("m1@shop.example");
    }

    [Theory]
    [InlineData("failed", "5.1.1", "smtp; 550 5.1.1 No such user", BounceReason.NoMailbox, true, false, true)]
    [InlineData("failed", "5.0.0", "smtp; 550 5.2.1 disabled account", BounceReason.Disabled, true, false, true)]
    [InlineData("failed", "5.2.2", "smtp; 552 5.2.2 Over quota", BounceReason.Full, true, false, false)]
    [InlineData("failed", "4.4.7", "smtp; 451 timed out", BounceReason.Expired, false, false, false)]
    [InlineData("delayed", "4.4.1", "smtp; connection refused", BounceReason.Expired, false, true, false)]
    [InlineData("failed", "5.7.1", "smtp; 550 5.7.1 rejected by policy", BounceReason.Policy, true, false, false)]
    [InlineData("failed", "5.4.4", "smtp; x", BounceReason.NoHost, true, false, true)]
    public void a_delivery_status_says_what_it_means(string action, string status, string diagnostic, BounceReason reason, bool isPermanent, bool isDelayed, bool isDead)
    {
        var reading = Report(action, status, diagnostic);
        reading.Kind.ShouldBe(MailKind.Bounce);
        reading.About.ShouldBe(["m1@shop.example"]);
        var failed = reading.Recipients.ShouldHaveSingleItem();
        (failed.Address, failed.Reason, failed.IsPermanent, failed.IsDelayed, failed.IsAddressDead).ShouldBe(("anna@example.org", reason, isPermanent, isDelayed, isDead));
    }

    [Fact]
    public void good_news_is_no_bounce() => Report("delivered", "2.0.0", "smtp; 250 ok").Kind.ShouldBe(MailKind.Receipt);

    private static MailReading Report(string action, string status, string diagnostic) => Read(
        "From: MAILER-DAEMON@mx.example.net\nSubject: Delivery Status Notification\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
        $"--b\n\nIt is said below.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\nOriginal-Recipient: rfc822;anna@example.org\nFinal-Recipient: RFC822; anna@example.org\nAction: {action}\nStatus: {status}\nDiagnostic-Code: {diagnostic}\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <m1@shop.example>\nTo: anna@example.org\n\n--b--");

    [Theory]
    [InlineData("Permanent", "5.1.1", "smtp; 550 5.1.1 user unknown", true)]
    [InlineData("Transient", "4.4.7", "smtp; 554 4.4.7 Message expired", false)]
    public void a_notice_of_a_sending_house_is_read_from_its_document(string type, string status, string diagnostic, bool isDead)
    {
        var json = """{"notificationType":"Bounce","bounce":{"bounceType":"TYPE","bouncedRecipients":[{"status":"STATUS","action":"failed","diagnosticCode":"SAID","emailAddress":"anna@example.org"}]},"mail":{"messageId":"0102","commonHeaders":{"messageId":"<m1@shop.example>"}}}"""
            .Replace("TYPE", type, StringComparison.Ordinal).Replace("STATUS", status, StringComparison.Ordinal).Replace("SAID", diagnostic, StringComparison.Ordinal);
        var reading = Read("From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message", json + "\n\n--\nIf you wish to stop receiving notifications, open the link.\n");
        (reading.Kind, reading.About[0]).ShouldBe((MailKind.Bounce, "m1@shop.example"));
        (reading.Recipients.Single().Address, reading.Recipients.Single().IsAddressDead).ShouldBe(("anna@example.org", isDead));
    }

    [Theory]
    [InlineData("abuse", true)]
    [InlineData("opt-out", true)]
    [InlineData("not-spam", false)]
    [InlineData("auth-failure", false)]
    public void a_complaint_is_an_objection_only_when_the_customer_made_it(string type, bool isObjection)
    {
        var reading = Read(
            "From: fbl@provider.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b",
            $"--b\n\nA report.\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: {type}\nUser-Agent: x/1\nVersion: 1\nOriginal-Rcpt-To: <anna@example.org>\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <m1@shop.example>\nTo: anna@example.org\n\nx\n--b--");
        (reading.Kind, reading.FeedbackType, reading.IsObjection).ShouldBe((MailKind.Complaint, type, isObjection));
        reading.About.ShouldBe(["m1@shop.example"]);
        reading.AboutAddresses.ShouldBe(["anna@example.org"]);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied\nSubject: Away until May 5", "I am away.")]
    [InlineData("Subject: Automatic reply: Your order", "I'm out of the office. Call 550 1234567 if urgent.")]
    [InlineData("Subject: Abwesenheitsnotiz: Preise", "Ich bin im Urlaub.")]
    [InlineData("Subject: Respuesta automática: precios", "Estoy de vacaciones.")]
    [InlineData("Subject: Réponse automatique : prix", "Je suis absent.")]
    [InlineData("Subject: 自動返信", "不在です。")]
    [InlineData("X-Autoreply: yes\nSubject: Re: Prices", "Thanks, we got it.")]
    [InlineData("Precedence: auto_reply\nSubject: Re: Prices", "Thanks, we got it.")]
    [InlineData("Return-Path: <>\nSubject: Out of Office", "The mail could not be read by me; write to other@example.org, mailbox full of work.")]
    [InlineData("Return-Path: <>\nIn-Reply-To: <m1@shop.example>\nSubject: Re: Prices", "Thank you, we answer within two days.")]
    public void machines_that_answer_for_people_are_no_people(string header, string body) =>
        Read($"From: Anna <anna@example.org>\n{header}", body).Kind.ShouldBe(MailKind.AutoReply);

    [Theory]
    [InlineData("Subject: Re: New prices\nIn-Reply-To: <m1@shop.example>", "Please call me, I could not reach you. My last delivery failed to arrive!")]
    [InlineData("Subject: Your mail was returned to me", "Somebody forwarded it. The address user unknown puzzled me.")]
    [InlineData("Subject: Delivery problem with my parcel", "It was not delivered to the following address: Main Street 5.")]
    [InlineData("Subject: unsubscribe?", "Do I have to, or can you write less often?")]
    [InlineData("Subject: Holiday opening hours", "Are you open on Christmas Eve?")]
    [InlineData("Subject: office chairs", "I was out of the office when they came. Where are they?")]
    public void people_are_people(string header, string body) => Read($"From: Anna <anna@example.org>\n{header}", body).Kind.ShouldBe(MailKind.Person);

    [Theory]
    [InlineData("unsubscribe", "")]
    [InlineData("Re: STOP", "")]
    [InlineData("Preise", "Abmelden")]
    [InlineData("(no subject)", "Darme de baja.")]
    public void one_word_is_an_unsubscription(string subject, string body) => Read($"From: anna@example.org\nSubject: {subject}", body).Kind.ShouldBe(MailKind.Unsubscribe);

    [Theory]
    [InlineData("List-Id: <news.example.org>\nSubject: News", MailKind.Machine)]
    [InlineData("Auto-Submitted: auto-generated\nSubject: Your invoice", MailKind.Machine)]
    [InlineData("Precedence: bulk\nSubject: Offers", MailKind.Machine)]
    [InlineData("Subject: Please confirm your message", MailKind.Challenge)]
    public void other_machines_are_machines(string header, MailKind kind) =>
        Read($"From: x@example.org\n{header}", "To have it delivered to my inbox, click below: prove you are human. Reply to this mail so that your message can be delivered.").Kind.ShouldBe(kind);
}
