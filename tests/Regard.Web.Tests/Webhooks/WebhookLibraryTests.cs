using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Regard.Access;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Webhooks;

/// <summary>The real program as a process, and as receiver a process with the library that others use, unmodified from npm.</summary>
public sealed class WebhookLibraryTests
{
    private static readonly string[] Phone = ["phone"];
    private static readonly string[] Portal = ["portal"];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("pace", "long"), Trait("req", "P5")]
    public async Task the_unmodified_library_verifies_every_delivery_and_refuses_what_was_touched(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await data.CustomerAsync();
        var key = await KeyAsync(data);
        await using var receiver = await LibraryReceiver.StartAsync();
        Guid endpoint;
        await using (var silent = await ProgramProcess.StartAsync(data.Settings, "--allow-private-webhooks", "--no-jobs"))
        {
            silent.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
            var made = await silent.Client.CallAsync(HttpMethod.Post, "/api/v1/webhooks", new { url = $"http://127.0.0.1:{receiver.Port}/" });
            endpoint = made.Body["endpoint_id"]!.GetValue<Guid>();
            await receiver.LearnAsync(made.Body["secret"]!.GetValue<string>());
            await SayAsync(silent.Client, anna);
            // Committed, and not delivered: the process is gone at once.
            await silent.KillAsync();
        }
        await using var program = await ProgramProcess.StartAsync(data.Settings, "--allow-private-webhooks");
        program.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Verify(await receiver.NextAsync(WebhookTypes.PreferenceChanged), 1);
        await receiver.LearnAsync((await program.Client.CallAsync(HttpMethod.Post, $"/api/v1/webhooks/{endpoint}/rotate")).Body["secret"]!.GetValue<string>());
        var asked = new { customer_id = anna, purpose = "service", about = "order:1", step = "order:1", channels = Portal, subject = "Naïve — 🫖", text = "Your order." };
        var answer = await program.Client.CallAsync(HttpMethod.Post, "/api/v1/contacts", asked);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body.ToJsonString());
        var decided = await receiver.NextAsync(WebhookTypes.ContactDecided);
        Verify(decided, 2);
        decided["event"]!["data"]!["contact_id"]!.GetValue<string>().ShouldBe(answer.Body["contact_id"]!.GetValue<string>());
        var delivered = await receiver.NextAsync(WebhookTypes.ContactDelivered);
        Verify(delivered, 2);
        var became = await program.Client.CallAsync(HttpMethod.Get, $"/api/v1/contacts/{delivered["event"]!["data"]!["contact_id"]}");
        became.Body["contact"]!["state"]!.GetValue<string>().ShouldBe("sent");
    }

    private static void Verify(JsonNode found, int secrets)
    {
        found["content"]!.GetValue<string>().ShouldBe("application/json");
        found["valid"]!.AsArray().Select(one => one!.GetValue<bool>()).ShouldBe(Enumerable.Repeat(true, secrets));
        foreach (var touched in new[] { "tampered", "otherId" }) found[touched]!.AsArray().Select(one => one!.GetValue<string>()).ShouldAllBe(refusal => refusal.Contains("No matching signature"));
        found["old"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldAllBe(refusal => refusal.Contains("too old"));
    }

    private static async Task SayAsync(HttpClient client, Guid customerId) => (await client.CallAsync(
        HttpMethod.Post, $"/api/v1/customers/{customerId}/preferences", new { wish = new { no_channels = Phone }, words = "No calls — please." })).Status.ShouldBe(HttpStatusCode.Created);

    private static async Task<string> KeyAsync(TestDatabase data)
    {
        await using var work = await data.WriteAsync();
        var (_, secret) = await new ApiKeyStore(work).MakeAsync("Test", [Right.WebhooksManage, Right.PreferencesWrite, Right.ContactsWrite, Right.CustomersRead], ContactKit.By, ContactKit.Noon);
        await work.CommitAsync();
        return secret;
    }
}

/// <summary>Node with the library: it says of each delivery what the library makes of it.</summary>
internal sealed class LibraryReceiver : IAsyncDisposable
{
    private static readonly string Folder = System.IO.Path.Combine(Root(), "tests", "webhooks");

    private static readonly Lazy<Task> Restored = new(async () =>
    {
        var stamp = new FileInfo(System.IO.Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (stamp.Exists && stamp.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(System.IO.Path.Combine(Folder, "package-lock.json"))) return;
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci"]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var words = Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await npm.WaitForExitAsync(limit.Token);
        npm.ExitCode.ShouldBe(0, string.Join('\n', await words));
    });

    private readonly Process _node;
    private readonly Channel<JsonNode> _said = System.Threading.Channels.Channel.CreateUnbounded<JsonNode>();

    private LibraryReceiver(Process node)
    {
        _node = node;
        _node.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text) _said.Writer.TryWrite(JsonNode.Parse(text)!);
        };
        _node.BeginOutputReadLine();
    }

    public int Port { get; private set; }

    public static async Task<LibraryReceiver> StartAsync()
    {
        await Restored.Value;
        var receiver = new LibraryReceiver(Process.Start(new ProcessStartInfo("node", ["receive.mjs"]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardInput = true })!);
        receiver.Port = (await receiver.ReadAsync())["port"]!.GetValue<int>();
        return receiver;
    }

    /// <summary>Gives it a secret to verify with.</summary>
    public async Task LearnAsync(string secret)
    {
        await _node.StandardInput.WriteLineAsync(secret);
        await _node.StandardInput.FlushAsync();
        while ((await ReadAsync())["secrets"] is null)
        {
            // What it said before.
        }
    }

    /// <summary>The next delivery of a kind.</summary>
    public async Task<JsonNode> NextAsync(string type)
    {
        while (true)
        {
            var said = await ReadAsync();
            if (said["event"]?["type"]!.GetValue<string>() == type) return said;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _node.Kill();
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    private async Task<JsonNode> ReadAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _said.Reader.ReadAsync(limit.Token);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder!.FullName, "Regard.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
