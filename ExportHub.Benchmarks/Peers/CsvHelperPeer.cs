using System.Diagnostics;
using System.Globalization;
using CsvHelper;

namespace ExportHub.Benchmarks.Peers;

/// <summary>Typed reader and CsvHelper, in this process.</summary>
internal static class CsvHelperPeer
{
    public static async Task<Lap> RunAsync(Stage stage, OrderTable table)
    {
        var file = stage.NewFile("csv");
        var started = Stopwatch.GetTimestamp();
        await using (var output = File.Create(file, 128 * 1024))
        {
            await using var csv = CsvWriter.Create(output, CsvWriterOptions.Default, leaveOpen: true);
            csv.WriteHeader([.. Order.Columns]);
            await Order.ReadAsync(stage, table, order => Write(csv, order));
        }

        return Lap.Of(file, started);
    }

    private static void Write(CsvWriter csv, in Order order)
    {
        csv.WriteField(order.Id, default, CultureInfo.InvariantCulture);
        csv.WriteField(order.OrderedAt, default);
        csv.WriteField(order.Customer);
        csv.WriteField(order.Email);
        csv.WriteField(order.Amount, default, CultureInfo.InvariantCulture);
        csv.WriteField(order.Quantity, default, CultureInfo.InvariantCulture);
        csv.WriteField(order.IsGift);
        csv.WriteField(order.Status);
        csv.WriteField(order.DueOn, default);
        csv.WriteField(order.Reference, default, CultureInfo.InvariantCulture);
        csv.WriteField(order.Country);
        csv.WriteField(order.Note);
        csv.EndRecord();
    }
}
