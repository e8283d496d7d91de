namespace ExportHub.Notifications;

/// <summary>When a delivery that did not arrive is tried again.</summary>
internal static class RetryRule
{
    private static readonly TimeSpan[] Delays =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <summary>So that what failed together does not come back together.</summary>
    private const double Jitter = 0.2;

    /// <summary>The wait after a try, from a minute to six hours; null when it has been tried for long enough.</summary>
    /// <param name="round">The number of the try, from 1.</param>
    /// <param name="since">How long it has been tried.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan? After(int round, TimeSpan since, TimeSpan giveUpAfter, double chance) =>
        since >= giveUpAfter ? null : Delays[Math.Clamp(round, 1, Delays.Length) - 1] * (1 + (Jitter * ((2 * chance) - 1)));
}
