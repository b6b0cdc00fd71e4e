using System.Text;

namespace Regard.Tidy;

/// <summary>A C# file taken apart: the code with comments and literals blanked out (positions stay), and its string literals.</summary>
internal sealed record CSharpText(string Code, IReadOnlyList<StringLiteral> Strings)
{
    public static CSharpText Read(string source)
    {
        var reader = new Reader(source);
        reader.Code(0, isHole: false);
        return new CSharpText(reader.Blanked.ToString(), reader.Strings);
    }

    private sealed class Reader(string source)
    {
        public StringBuilder Blanked { get; } = new(source);

        public List<StringLiteral> Strings { get; } = [];

        /// <summary>Reads code from a position; in the hole of an interpolated string until the brace that ends it.</summary>
        public int Code(int at, bool isHole)
        {
            var depth = 0;
            while (at < source.Length)
            {
                var c = source[at];
                if (Starts(at, "//")) at = Blank(at, Until("\n", at));
                else if (Starts(at, "/*")) at = Blank(at, Until("*/", at) + 2);
                else if (c == '\'') at = Blank(at, EndOfCharacter(at));
                else if (StartsString(at)) at = Text(at);
                else if (isHole && c == '}' && depth == 0) return at;
                else
                {
                    if (c == '{') depth++;
                    if (c == '}') depth--;
                    at++;
                }
            }
            return at;
        }

        private bool StartsString(int at)
        {
            while (at < source.Length && source[at] is '$' or '@') at++;
            return at < source.Length && source[at] == '"';
        }

        private int Text(int start)
        {
            int at = start, dollars = 0, quotes = 0;
            var isVerbatim = false;
            for (; source[at] != '"'; at++)
            {
                if (source[at] == '$') dollars++;
                else isVerbatim = true;
            }
            while (at + quotes < source.Length && source[at + quotes] == '"') quotes++;
            if (isVerbatim) quotes = 1;
            else if (quotes == 2) return Keep(start, at + 1, at + 1, at + 2);
            var inner = at += quotes;
            while (at < source.Length)
            {
                if (source[at] == '"' && Closes(at, quotes, isVerbatim)) return Keep(start, inner, at, at + quotes);
                if (source[at] == '{' && dollars > 0) at = Brace(at, dollars, quotes);
                else if (source[at] == '\\' && quotes == 1 && !isVerbatim) at += 2;
                else if (source[at] == '"' && isVerbatim) at += 2;
                else at++;
            }
            return at;
        }

        private bool Closes(int at, int quotes, bool isVerbatim) =>
            isVerbatim ? at + 1 >= source.Length || source[at + 1] != '"' : source.AsSpan(at).StartsWith(new string('"', quotes));

        private int Brace(int at, int dollars, int quotes)
        {
            var braces = 0;
            while (at + braces < source.Length && source[at + braces] == '{') braces++;
            var opens = quotes >= 3 ? braces >= dollars : braces % 2 == 1;
            return opens ? Code(at + braces, isHole: true) + dollars : at + braces;
        }

        private int Keep(int start, int inner, int end, int next)
        {
            Strings.Add(new StringLiteral(start, source[inner..end]));
            return Blank(start, next);
        }

        private int Blank(int from, int to)
        {
            to = Math.Min(to, source.Length);
            for (var i = from; i < to; i++)
                if (Blanked[i] != '\n') Blanked[i] = ' ';
            return to;
        }

        private int EndOfCharacter(int at) => source[at + 1] == '\\' ? Until("'", at + 3) + 1 : at + 3;

        private bool Starts(int at, string mark) => source.AsSpan(at).StartsWith(mark);

        private int Until(string mark, int at) => source.IndexOf(mark, at, StringComparison.Ordinal) is var found and >= 0 ? found : source.Length;
    }
}

/// <summary>A string literal: where it starts, and what is between its quotes as written (holes included).</summary>
internal sealed record StringLiteral(int Position, string Text);
