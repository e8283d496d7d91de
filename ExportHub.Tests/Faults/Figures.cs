using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>What was measured, for the log of the test.</summary>
internal sealed class Figures(string what)
{
    private readonly List<double> seconds = [];

    // In every test run the machine may have other work; in full the damage is done on a machine of its own.
    private static double Slack => FaultForm.Long ? 1 : 3;

    public void Add(TimeSpan took) => seconds.Add(took.TotalSeconds);

    public void AssertWithin(TimeSpan promised) => Assert.InRange(seconds.Max(), 0, promised.TotalSeconds * Slack);

    public void WriteTo(ITestOutputHelper output)
    {
        var sorted = seconds.Order().ToList();
        output.WriteLine($"{what}: {sorted.Count} times, median {sorted[sorted.Count / 2]:0.00} s, most {sorted[^1]:0.00} s, least {sorted[0]:0.00} s");
    }
}
