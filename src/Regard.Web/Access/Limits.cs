using System.Threading.RateLimiting;

namespace Regard.Access;

/// <summary>
/// How much one caller may ask of a process. Generous for work, tight where guessing pays. Per address; with a key also per key,
/// so that one busy system behind a shared address leaves room for the others.
/// </summary>
internal static class Limits
{
    /// <summary>The policy of everything by which somebody becomes known.</summary>
    public const string SignIn = "sign-in";

    /// <summary>The largest request body unless an endpoint says otherwise.</summary>
    public const long BodyBytes = 2 * 1024 * 1024;

    private const int SignInsAMinute = 60;
    private const int RequestsASecond = 2000;

    public static void AddLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = static (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "1";
            return ValueTask.CompletedTask;
        };
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(http => Bucket(Address(http))),
            PartitionedRateLimiter.Create<HttpContext, string>(http => Key(http) is { } key ? Bucket(key) : RateLimitPartition.GetNoLimiter("")));
        options.AddPolicy(SignIn, http => RateLimitPartition.GetFixedWindowLimiter(
            Address(http), _ => new FixedWindowRateLimiterOptions { PermitLimit = SignInsAMinute, Window = TimeSpan.FromMinutes(1) }));
    });

    private static RateLimitPartition<string> Bucket(string caller) => RateLimitPartition.GetTokenBucketLimiter(
        caller,
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = RequestsASecond * 2,
            TokensPerPeriod = RequestsASecond / 10,
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
        });

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static string? Key(HttpContext http) => http.Request.Headers.Authorization.ToString() is { Length: > 0 and < 500 } header ? Secret.Hash(header) : null;
}
