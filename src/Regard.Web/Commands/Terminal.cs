using Spectre.Console;

namespace Regard.Commands;

/// <summary>How verbs speak to the person who started them: results on standard output, everything else on standard error.</summary>
internal static class Terminal
{
    private static readonly IAnsiConsole Aside = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>A line of the result.</summary>
    public static void Say(string line) => Console.Out.WriteLine(line);

    /// <summary>A line about the work itself, which is not part of the result.</summary>
    public static void Note(string line) => Console.Error.WriteLine(line);

    /// <summary>Runs work under a progress bar; where nobody watches (a file, a pipe) it shows nothing.</summary>
    public static async Task<T> WithProgressAsync<T>(string title, Func<ProgressLine, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return await work(new ProgressLine(null));
        return await Aside.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new ProgressLine(context.AddTask(Markup.Escape(title)))));
    }
}

/// <summary>The progress of one piece of work, as a share of the whole.</summary>
internal sealed class ProgressLine(ProgressTask? task) : IProgress<double>
{
    /// <summary>Says how far the work is: 0 = begun, 1 = done.</summary>
    public void Report(double share)
    {
        if (task is not null) task.Value = Math.Clamp(share, 0, 1) * task.MaxValue;
    }

    /// <summary>Says what is being done now.</summary>
    public void Describe(string words)
    {
        if (task is not null) task.Description = Markup.Escape(words);
    }
}
