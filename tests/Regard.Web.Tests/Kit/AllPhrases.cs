using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Regard.Layout;

namespace Regard.Kit;

/// <summary>Every phrase of the program that stands in a static field, alone or in a list or table, and those of the error pages.</summary>
internal static class AllPhrases
{
    private static readonly int[] Statuses = [400, 401, 403, 404, 409, 413, 429, 418, 500];

    public static IReadOnlyList<(string Name, Phrase Phrase)> List { get; } =
    [
        .. new[] { typeof(Phrase).Assembly, typeof(Fault).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => MayHold(field.FieldType))
            .SelectMany(field => In(field.GetValue(null)).Select(phrase => ($"{field.DeclaringType!.Name}.{field.Name}", phrase))),
        .. Statuses.Select(Fault.For).Append(Fault.LinkEnded).SelectMany(fault => new[] { fault.Title, fault.Why, fault.Next }.Select(phrase => ($"Fault {fault.Status}", phrase))),
    ];

    private static bool MayHold(Type type) => type == typeof(Phrase) || type.IsGenericType && type.GetGenericArguments().Any(Holds);

    private static bool Holds(Type type) => type == typeof(Phrase) || type.IsGenericType && type.GetGenericArguments().Any(Holds);

    private static IEnumerable<Phrase> In(object? value) => value switch
    {
        Phrase phrase => [phrase],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(n => In(tuple[n])),
        IDictionary table => table.Values.Cast<object?>().SelectMany(In),
        string => [],
        IEnumerable list => list.Cast<object?>().SelectMany(In),
        _ => [],
    };
}
