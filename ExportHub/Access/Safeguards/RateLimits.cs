using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace ExportHub.Access.Safeguards;

/// <summary>
/// Keeps one person from using up what all share. A token bucket each for person and kind: a minute's worth at once, and then as it comes in again.
/// It counts what this instance is asked; how many exports a person may have at all is kept in the database.
/// </summary>
internal static class RateLimits
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public static void Configure(RateLimiterOptions limiter, IOptions<LimitsOptions> limits)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (LimitKind, string)>(http => PartitionOf(http, limits.Value));
        limiter.OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Period;
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
    }

    private static RateLimitPartition<(LimitKind, string)> PartitionOf(HttpContext http, LimitsOptions limits)
    {
        var kind = KindOf(http);
        var (key, perMinute) = ((kind, CallerOf(http)), limits.PerMinute(kind));
        return perMinute == 0
            ? RateLimitPartition.GetNoLimiter(key)
            : RateLimitPartition.GetTokenBucketLimiter(key, _ => BucketOf(perMinute));
    }

    private static LimitKind KindOf(HttpContext http)
    {
        var kind = http.GetEndpoint()?.Metadata.GetMetadata<CountsAsAttribute>()?.Kind ?? LimitKind.Other;
        return kind is LimitKind.Create or LimitKind.SignIn && !HttpMethods.IsPost(http.Request.Method) ? LimitKind.Other : kind;
    }

    /// <summary>The person wherever the requests come from, so that an office behind one address does not count as one.</summary>
    private static string CallerOf(HttpContext http) =>
        http.User.Identity is { IsAuthenticated: true, Name: { } name } ? $"person {name}" : $"address {http.Connection.RemoteIpAddress}";

    private static TokenBucketRateLimiterOptions BucketOf(int perMinute)
    {
        // What comes in with each period has to be whole: seldom, where it is less than one a second.
        var perPeriod = Math.Max(1, perMinute / 60);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = perPeriod,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) * perPeriod / perMinute,
            QueueLimit = 0,
        };
    }
}
