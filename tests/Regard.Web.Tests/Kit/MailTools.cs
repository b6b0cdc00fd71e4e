using System.Diagnostics;

namespace Regard.Kit;

/// <summary>The mail servers and readers of tests/mail, which others wrote.</summary>
internal static class MailTools
{
    private static readonly NodeFolder Folder = new("mail");

    /// <summary>Starts a script of the folder; it ends when its standard input does.</summary>
    public static Task<Process> StartAsync(string script, params string[] arguments) => Folder.StartAsync(script, arguments);
}
