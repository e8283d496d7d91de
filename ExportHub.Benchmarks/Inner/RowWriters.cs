using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ExportHub.Formats;
using ExportHub.Tests.Formats;

namespace ExportHub.Benchmarks.Inner;

/// <summary>The writers alone, over prepared rows into nothing: time and bytes allocated per row.</summary>
public class RowWriters
{
    private const int Rows = 1_000;

    private static readonly FileColumn[] Columns =
    [
        new("id", "id", CellType.Int64), new("ordered_at", "ordered_at", CellType.TimestampTz), new("customer", "customer", CellType.Text),
        new("email", "email", CellType.Text), new("amount", "amount", CellType.Numeric), new("quantity", "quantity", CellType.Int32),
        new("is_gift", "is_gift", CellType.Boolean), new("status", "status", CellType.Text), new("due_on", "due_on", CellType.Date),
        new("reference", "reference", CellType.Uuid), new("country", "country", CellType.Text), new("note", "note", CellType.Text),
    ];

    private readonly RawRow[] rows = [.. Enumerable.Range(1, Rows).Select(Row)];
    private IRowWriter writer = null!;

    [Params("csv", "jsonl", "xlsx")]
    public string Format { get; set; } = "";

    [Params("none", "gzip")]
    public string Compression { get; set; } = "";

    // In this process: a generated project of its own would be built by the rules of this repository, warnings as errors included.
    internal static IConfig Config => ManualConfig.Create(DefaultConfig.Instance)
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts"));

    [GlobalSetup]
    public async Task StartAsync()
    {
        writer = WritingToNowhere.Create(Format, Compression, Columns);
        await writer.StartAsync(CancellationToken.None);
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public async Task WriteAsync()
    {
        foreach (var row in rows)
        {
            await writer.WriteAsync(row, CancellationToken.None);
        }
    }

    [GlobalCleanup]
    public async Task EndAsync() => await writer.DisposeAsync();

    private static RawRow Row(int n) => WireRow.Of(
        WireRow.Int64(n),
        WireRow.Timestamp(new DateTime(2022, 1, 1).AddMicroseconds(n * 47_123_457L)),
        WireRow.Text(n % 2 == 0 ? $"Acme Trading Ltd {n}" : $"Müller, Söhne & Co {n}"),
        WireRow.Text($"customer{n}@example.com"),
        WireRow.Numeric($"{n * 79}.{n % 100:00}"),
        WireRow.Int32(n % 23),
        WireRow.Boolean(n % 7 == 0),
        WireRow.Text("shipped"),
        WireRow.Date(new DateOnly(2022, 1, 1).AddDays(n)),
        WireRow.Uuid(new Guid(n, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11])),
        WireRow.Text("DE"),
        n % 10 < 4 ? null : WireRow.Text(n % 10 == 4 ? "said \"call me first\" & <b>hung up</b>\n" : "deliver to the back door on a weekday"));
}
