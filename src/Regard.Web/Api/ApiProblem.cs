namespace Regard.Api;

/// <summary>What went wrong, as RFC 9457 puts it. Holds no personal data: it may be logged by whoever receives it.</summary>
/// <param name="Type">A URN that stays the same for this kind of problem: what a program tests.</param>
/// <param name="Title">The kind of problem, for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened here, and what to do.</param>
/// <param name="Errors">Each faulty place of the request, with a JSON pointer into the body or a parameter's name.</param>
internal sealed record ApiProblem(string Type, string Title, int Status, string? Detail = null, IReadOnlyList<ApiFault>? Errors = null)
{
    public const string MediaType = "application/problem+json";

    public static ApiProblem Malformed(string detail, params IReadOnlyList<ApiFault> errors) => Of(400, "malformed", "The request cannot be read", detail, errors);

    public static ApiProblem Unauthenticated(string detail) => Of(401, "unauthenticated", "No valid key", detail);

    public static ApiProblem Forbidden(string detail) => Of(403, "forbidden", "Not allowed", detail);

    /// <param name="what">The kind of record, for example <c>customer</c>; never its id.</param>
    public static ApiProblem Absent(string what) => Of(404, "absent", "Not found", $"There is no such {what}, or this key may not see it.");

    public static ApiProblem Conflict(string detail) => Of(409, "conflict", "In conflict with what is recorded", detail);

    public static ApiProblem Stale() =>
        Of(412, "stale", "The record has changed", "Somebody changed the record after you read it: read it again, look at the difference, and send If-Match with the new ETag.");

    public static ApiProblem TooLarge(string detail) => Of(413, "too_large", "Too large", detail);

    public static ApiProblem Invalid(IReadOnlyList<ApiFault> errors) =>
        Of(422, "invalid", "The request breaks a rule", "Nothing was recorded. See errors.", errors);

    public static ApiProblem KeyReused() =>
        Of(422, "key_reused", "Idempotency-Key was used for another request", "The same key came with another method, path or body. Send a new key for a new request.");

    public static ApiProblem VersionNeeded() =>
        Of(428, "version_needed", "If-Match is needed", "Read the record first, and send the ETag of that answer as If-Match.");

    public static ApiProblem TooMany(string detail) => Of(429, "too_many", "Too many requests", detail);

    public static ApiProblem Of(int status, string word, string title, string? detail = null, IReadOnlyList<ApiFault>? errors = null) =>
        new("urn:regard:problem:" + word, title, status, detail, errors is { Count: > 0 } ? errors : null);

    /// <summary>The problem as an exception: thrown anywhere below an API endpoint it becomes the answer, and the transaction is undone.</summary>
    public ApiRefusal Refusal() => new(this);
}

/// <summary>One faulty place of a request.</summary>
/// <param name="Pointer">RFC 6901 pointer into the body (<c>/lines/0/sku</c>); null when the fault is in a parameter.</param>
/// <param name="Parameter">The query, path or header parameter; null when the fault is in the body.</param>
/// <param name="Detail">What is wrong with it, without repeating the value.</param>
internal sealed record ApiFault(string? Pointer, string? Parameter, string Detail)
{
    public static ApiFault At(string pointer, string detail) => new(pointer, null, detail);

    public static ApiFault In(string parameter, string detail) => new(null, parameter, detail);
}

/// <summary>An <see cref="ApiProblem"/> on its way out.</summary>
internal sealed class ApiRefusal(ApiProblem problem) : Exception(problem.Title)
{
    public ApiProblem Problem { get; } = problem;
}

/// <summary>Gathers every fault of a request, so that a caller mends all of them at once.</summary>
internal sealed class Faults
{
    private readonly List<ApiFault> _faults = [];

    public void When(bool faulty, string pointer, string detail)
    {
        if (faulty) _faults.Add(ApiFault.At(pointer, detail));
    }

    /// <exception cref="ApiRefusal">There was at least one fault: 422.</exception>
    public void Refuse()
    {
        if (_faults.Count > 0) throw ApiProblem.Invalid(_faults).Refusal();
    }
}
