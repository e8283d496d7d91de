using System.ComponentModel.DataAnnotations;

namespace ExportHub.Exports;

/// <summary>Settings under `Polling`.</summary>
internal sealed class PollingOptions
{
    /// <summary>The x of the rule.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00", ErrorMessage = "Polling:InitialDelay must be between 00:00:00.5 and 00:01:00.")]
    public TimeSpan InitialDelay { get; set; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Polling:MaxDelay must be between 00:00:01 and 01:00:00.")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether a known remaining time shortens the delay; off gives the plain formula.</summary>
    public bool UseEta { get; set; } = true;
}

/// <summary>
/// How long a client waits before it asks again: x + ln(2ⁿ) = x + n·ln 2 seconds, n being the polls made so far
/// (written as a product because 2ⁿ overflows a double at n = 1024), at most <see cref="PollingOptions.MaxDelay"/>.
/// When the remaining time is known and shorter, that plus a little, but never under a second.
/// </summary>
internal static class PollingRule
{
    /// <summary>Polls beyond this are counted as this many; the delay is long at its cap by then.</summary>
    public const int MaxCount = 10_000;

    private const double EtaMargin = 0.5;
    private const double Shortest = 1;

    /// <param name="polls">Polls made so far; negative counts as none.</param>
    /// <param name="etaSeconds">The remaining time, null when unknown.</param>
    public static double DelaySeconds(PollingOptions options, int polls, double? etaSeconds)
    {
        var plain = options.InitialDelay.TotalSeconds + (Bound(polls) * Math.Log(2));
        var capped = Math.Min(plain, options.MaxDelay.TotalSeconds);
        return options.UseEta && etaSeconds is { } eta
            ? Math.Min(capped, Math.Max(Shortest, eta + EtaMargin))
            : capped;
    }

    public static int Bound(int polls) => Math.Clamp(polls, 0, MaxCount);
}
