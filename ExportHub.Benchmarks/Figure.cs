using System.Globalization;

namespace ExportHub.Benchmarks;

/// <summary>What a figure should be. <paramref name="AtLeast"/> false means: at most.</summary>
internal sealed record Target(double Limit, bool AtLeast = false)
{
    public bool IsMetBy(double value) => AtLeast ? value >= Limit : value <= Limit;
}

/// <summary>One line of the table.</summary>
/// <param name="Measured">The measured values the figure is made of.</param>
/// <param name="Value">The figure that is judged.</param>
/// <param name="Form">How figure and target are written, such as `0.00 ×`.</param>
/// <param name="Target">Null where there is none, for comparison only.</param>
internal sealed record Figure(string What, string Measured, double Value, string Form, Target? Target = null)
{
    public const string Ratio = "0.00 ×";

    private string Said => Write(Value);

    private string Aim => Target is null ? "" : $"{(Target.AtLeast ? "≥" : "≤")} {Write(Target.Limit)}";

    private string Met => Target is null ? "" : Target.IsMetBy(Value) ? "yes" : "**no**";

    public string Line => $"| {What} | {Measured} | {Said} | {Aim} | {Met} |";

    public static string Table(IEnumerable<Figure> figures) =>
        $"""
        | what | measured: median (least–most) | figure | target | met |
        |---|---|---|---|---|
        {string.Join('\n', figures.Select(figure => figure.Line))}
        """;

    private string Write(double value) => value.ToString(Form, CultureInfo.InvariantCulture);
}
