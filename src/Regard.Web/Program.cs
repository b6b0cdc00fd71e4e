using System.CommandLine;
using Regard.Commands;
using Regard.Storage;

var root = new RootCommand("Regard: customer care that follows each customer's own wishes")
{
    ServeCommand.Build(),
    MigrateCommand.Build(),
    ImportCommand.Build(),
    DemoCommand.Build(),
    CheckCommand.Build(),
    BackupCommand.Build(),
    RestoreCommand.Build(),
    PlanCommand.Build(),
    InviteCommand.Build(),
    ReceiveCommand.Build(),
    JournalCommand.Build(),
};
root.Options.Add(CommonOptions.Data);
root.Options.Add(CommonOptions.Database);
root.Options.Add(CommonOptions.Journal);
root.Options.Add(CommonOptions.PublicAddress);

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (StorageRefusal refusal)
{
    await Console.Error.WriteLineAsync("regard: " + refusal.Message);
    return 3;
}
