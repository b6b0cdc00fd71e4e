using System.CommandLine;
using System.CommandLine.Parsing;
using Regard.Mail;
using Regard.Storage;

namespace Regard.Commands;

/// <summary><c>regard receive</c>: takes one mail from standard input, as any mail server's pipe transport hands it over.</summary>
internal static class ReceiveCommand
{
    // What sysexits.h calls a temporary failure: the mail server keeps the mail and tries again.
    private const int TryAgain = 75;

    private static readonly Option<string[]> To = new("--to") { Description = "to whom the mail server hands it", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
    private static readonly Option<bool> Explain = new("--explain") { Description = "only say what it is taken for, as JSON; nothing is kept" };

    public static Command Build()
    {
        var command = new Command("receive", "Take one mail from standard input (exit code 75: try again later)") { To, Explain };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using var mail = new MemoryStream();
        await using (var input = Console.OpenStandardInput()) await input.CopyToAsync(mail, stop);
        if (parsed.GetValue(Explain))
        {
            Terminal.Say(Json.Of(MailReader.Read(MailParser.Read(mail.ToArray()))).Text);
            return 0;
        }
        if (mail.Length > IncomingMail.Largest)
        {
            Terminal.Note($"receive: the mail is larger than {IncomingMail.Largest / 1024 / 1024} MB");
            return 1;
        }
        try
        {
            var settings = CommonOptions.Settings(parsed);
            await using var database = await Startup.OpenExistingAsync(settings, stop);
            var receipt = await new MailIntake(database, settings, SystemClock.Instance).ReceiveAsync(mail.ToArray(), parsed.GetValue(To) ?? [], stop);
            Terminal.Say($"{Words.Of(receipt.Kind)}: {(receipt.Customers.Count > 0 ? string.Join(' ', receipt.Customers) : "of a stranger, kept to be looked at")}{(receipt.IsNew ? "" : " (came before)")}");
            return 0;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Terminal.Note($"receive: {(failure is StorageRefusal ? failure.Message : failure.GetType().Name)}");
            return TryAgain;
        }
    }
}
