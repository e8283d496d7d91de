namespace ExportHub.Benchmarks.Cases;

internal static class FirstExportCase
{
    private const int Starts = 3;

    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        foreach (var (table, target) in new (OrderTable, Target?)[] { (stage.Tables.Orders, new Target(1.5)), (stage.Tables.Eighth, null) })
        {
            var (first, warm) = (new List<TimeSpan>(), new List<TimeSpan>());
            for (var start = 0; start < Starts; start++)
            {
                await using var app = await stage.StartAppAsync();
                first.Add((await app.RunAsync(table, "csv")).Done);
                var laps = await Laps.InterleaveAsync(stage.Options.Rounds, () => app.RunAsync(table, "csv"));
                warm.AddRange(laps[0].Done.All);
            }

            yield return AgainstOthers.Against($"csv, {table.Rows:N0} rows, first export after a start against warm", new(first), new(warm), target);
        }
    }
}
