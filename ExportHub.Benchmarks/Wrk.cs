using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ExportHub.Benchmarks;

/// <summary>The load generator wrk, as a process of its own.</summary>
internal static partial class Wrk
{
    private const int Connections = 32;

    /// <summary>Requests per second.</summary>
    /// <exception cref="InvalidOperationException">wrk is not installed, or something else than 2xx was answered.</exception>
    public static async Task<double> RequestsPerSecondAsync(Uri address, string authorization, TimeSpan time, CancellationToken stopping)
    {
        string[] arguments = ["-t1", $"-c{Connections}", $"-d{time.TotalSeconds:0}s", "-H", $"Authorization: {authorization}", address.ToString()];
        using var wrk = Start(arguments);
        var said = await wrk.StandardOutput.ReadToEndAsync(stopping);
        await wrk.WaitForExitAsync(stopping);
        return Rate().Match(said) is { Success: true } rate && !said.Contains("Non-2xx", StringComparison.Ordinal)
            ? double.Parse(rate.Groups["rate"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"wrk: {said}");
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("wrk", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("Install wrk: it asks for the status as fast as it can.", missing);
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[0-9.]+)")]
    private static partial Regex Rate();
}
