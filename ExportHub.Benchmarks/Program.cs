using BenchmarkDotNet.Running;
using ExportHub.Benchmarks;
using ExportHub.Benchmarks.Cases;
using ExportHub.Benchmarks.Inner;

Case[] cases =
[
    new("csv", "CSV against psql \\copy and CsvHelper", TextCases.CsvAsync),
    new("jsonl", "JSON Lines against psql \\copy and Utf8JsonWriter", TextCases.JsonLinesAsync),
    new("xlsx", "XLSX against psql \\copy, and the size of the file", XlsxCase.MeasureAsync),
    new("gzip", "gzip CSV against plain CSV", GzipCase.MeasureAsync),
    new("flat", "ten times the rows: pace and peak working set of each format", FlatCase.MeasureAsync),
    new("allocated", "bytes allocated per row", AllocationCase.MeasureAsync),
    new("small", "POST to completed for 1,000 rows, each engine", SmallExportCase.MeasureAsync),
    new("poll", "status polls against a constant, and crowds of clients", PollCase.MeasureAsync),
    new("sizing", "exports an hour on one core of a worker, by size and format", SizingCase.MeasureAsync),
    new("two", "two exports at once against one", TwoAtOnceCase.MeasureAsync),
    new("first", "the first export after a start against later ones", FirstExportCase.MeasureAsync),
];

if (args is ["inner", ..])
{
    BenchmarkRunner.Run<RowWriters>(RowWriters.Config, args[1..]);
    return 0;
}

var (options, fault) = Arguments.Parse(args, cases);
if (options is null)
{
    (fault is null ? Console.Out : Console.Error).WriteLine(fault ?? Arguments.Help(cases));
    return fault is null ? 0 : 2;
}

return await Measurement.RunAsync(options);
