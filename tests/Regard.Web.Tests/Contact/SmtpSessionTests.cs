using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Regard.Channels;
using Regard.Kit;

namespace Regard.Contact;

/// <summary>Encryption, sign-in and every way a hand-over can end, with mail servers that others wrote.</summary>
public sealed class SmtpSessionTests(MoodyServers servers) : IClassFixture<MoodyServers>
{
    private const string Anna = "anna:kept@";

    [Theory]
    [InlineData("tls", "smtp://", Anna, true, "PLAIN"), InlineData("tls", "smtp+tls://", Anna, true, "PLAIN")]
    [InlineData("login", "smtp+tls://", Anna, true, "LOGIN"), InlineData("plain", "smtp://", Anna, false, "PLAIN")]
    public async Task it_encrypts_where_the_server_can_and_signs_in_as_the_server_wants(string server, string scheme, string user, bool isSecure, string method)
    {
        (await SendAsync(servers.Setting(server, scheme, user), "carla@example.org")).Outcome.ShouldBe(SendOutcome.Accepted);
        var taken = await servers.TakenAsync();
        (taken.GetProperty("to").GetString(), taken.GetProperty("secure").GetBoolean(), taken.GetProperty("method").GetString()).ShouldBe(("carla@example.org", isSecure, method));
    }

    [Fact]
    public async Task nothing_is_said_to_a_server_that_cannot_be_trusted()
    {
        // A certificate that nobody vouches for; one that is another's; no encryption though it is required; a wrong password.
        foreach (var setting in new[]
        {
            $"smtp+tls://{Anna}127.0.0.1:{servers.Ports["tls"]}", servers.Setting("tls", "smtp+tls://", Anna).Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            servers.Setting("plain", "smtp+tls://", Anna), servers.Setting("login", "smtp+tls://", "anna:wrong@"),
        })
        {
            var result = await SendAsync(setting, "carla@example.org");
            result.Outcome.ShouldBe(SendOutcome.NotSent, setting);
            result.Explanation.ShouldNotContain("carla");
        }
    }

    [Theory, Trait("req", "F12")]
    [InlineData("nobody", nameof(SendOutcome.Rejected), true), InlineData("refused", nameof(SendOutcome.Rejected), false), InlineData("later", nameof(SendOutcome.NotSent), false)]
    [InlineData("lost.late", nameof(SendOutcome.Ambiguous), false), InlineData("lost.early", nameof(SendOutcome.NotSent), false)]
    public async Task every_end_of_a_hand_over_is_told_apart(string mood, string outcome, bool isAddressBad)
    {
        // A mail that is lost early is larger than what the system keeps on the way: its end was never written.
        var result = await SendAsync(servers.Setting("tls", "smtp+tls://", Anna), $"{mood}@example.org", mood == "lost.early" ? 16 * 1024 * 1024 : 100);
        (result.Outcome.ToString(), result.IsAddressBad).ShouldBe((outcome, isAddressBad), result.Explanation);
        result.Explanation.ShouldNotContain("example.org");
    }

    private static async Task<SendResult> SendAsync(string setting, string to, int size = 100)
    {
        try
        {
            await using var session = await SmtpSession.OpenAsync(SmtpServer.Read(setting), TestContext.Current.CancellationToken);
            await session.BeginAsync("Regard <care@example.org>", to, TestContext.Current.CancellationToken);
            await session.WriteAsync(Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", size / 72)) + "end\r\n"), TestContext.Current.CancellationToken);
            await session.EndAsync();
            return await session.ResultAsync(TestContext.Current.CancellationToken);
        }
        catch (MailFailure failure)
        {
            return failure.Result;
        }
    }
}

/// <summary>The mail servers of tests/mail/moods.mjs with a certificate of an authority of their own, for one class of tests.</summary>
public sealed class MoodyServers : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("regard-mail-");
    private Process? _process;

    /// <summary>The port of each server, by its name.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; private set; } = new Dictionary<string, int>();

    public string Setting(string server, string scheme, string user) => $"{scheme}{user}127.0.0.1:{Ports[server]}?authority={Uri.EscapeDataString(Path.Combine(_folder.FullName, "authority.pem"))}";

    public async Task<JsonElement> TakenAsync() =>
        JsonElement.Parse((await _process!.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken))!);

    public async ValueTask InitializeAsync()
    {
        WriteCertificates();
        _process = await MailTools.StartAsync("moods.mjs", Path.Combine(_folder.FullName, "key.pem"), Path.Combine(_folder.FullName, "cert.pem"));
        Ports = JsonSerializer.Deserialize<Dictionary<string, int>>((await _process.StandardOutput.ReadLineAsync())!)!;
    }

    public ValueTask DisposeAsync()
    {
        _process?.StandardInput.Close();
        _process?.WaitForExit(5000);
        _process?.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private void WriteCertificates()
    {
        var now = SystemClock.Instance.GetCurrentInstant().ToDateTimeOffset();
        var (from, until) = (now.AddDays(-1), now.AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Regard test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(from, until);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mail", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, from, until, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(_folder.FullName, "authority.pem"), root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
