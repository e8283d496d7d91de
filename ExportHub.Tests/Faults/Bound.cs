using System.Diagnostics;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>A time that is promised. What was measured is printed; the test allows for a machine that has other work.</summary>
internal static class Bound
{
    private const int Slack = 5;

    public static void Holds(this ITestOutputHelper output, string what, TimeSpan took, TimeSpan promised)
    {
        output.WriteLine($"{what}: {took.TotalSeconds:0.000} s, promised {promised.TotalSeconds:0.###} s");
        Assert.InRange(took, TimeSpan.Zero, promised * Slack);
    }

    public static void Holds(this ITestOutputHelper output, string what, long since, TimeSpan promised) =>
        output.Holds(what, Stopwatch.GetElapsedTime(since), promised);
}
