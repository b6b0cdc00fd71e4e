using System.Text.RegularExpressions;

namespace Regard.Tidy;

/// <summary>The core decides from its arguments alone: the same facts and the same moment give the same answer, anywhere, always.</summary>
public sealed partial class CoreTests
{
    private static readonly string[] Pure =
    [
        "System.Runtime", "System.Runtime.InteropServices", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory", "System.Security.Cryptography",
        "System.Text.RegularExpressions", "System.Collections.Concurrent", "System.Numerics.Vectors", "System.Text.Encoding.Extensions", "System.Text.Encoding.CodePages", "System.Text.Json", "System.Threading.Tasks.Parallel", "NodaTime",
    ];

    [Fact]
    public void the_core_references_nothing_that_reads_writes_or_waits() => Repository.Keeps(
        typeof(Ids).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).Except(Pure),
        "The core takes facts as arguments; what needs these assemblies belongs into the shell (src/Regard.Web):");

    [Fact]
    public void the_core_asks_no_clock_no_file_and_no_machine() => Repository.Keeps(
        from file in Repository.CSharp("src/Regard/")
        from Match match in Impure().Matches(file.CSharp.Code)
        select $"{file.At(match.Index)}: {match.Value}",
        "Take it as an argument (`now`, the text of the file, the setting):");

    [GeneratedRegex(@"\bSystemClock\b|\bTask\s*[<.]|\basync\b|\bFile\.|\bDirectory\.|\bEnvironment\.|\bHttpClient\b|\bConsole\.|\bRandom\.Shared\b|\bThread\b")]
    private static partial Regex Impure();
}
