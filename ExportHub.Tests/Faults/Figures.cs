using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>What was measured, for the log of the test.</summary>
internal sealed class Figures(string what)
{
    private readonly List<double> seconds = [];

    public double Most => seconds.Max();

    public void Add(TimeSpan took) => seconds.Add(took.TotalSeconds);

    public void WriteTo(ITestOutputHelper output)
    {
        var sorted = seconds.Order().ToList();
        output.WriteLine($"{what}: {sorted.Count} times, median {sorted[sorted.Count / 2]:0.00} s, most {sorted[^1]:0.00} s, least {sorted[0]:0.00} s");
    }
}
