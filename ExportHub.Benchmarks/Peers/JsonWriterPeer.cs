using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExportHub.Benchmarks.Peers;

/// <summary>Typed reader and Utf8JsonWriter, in this process.</summary>
internal static class JsonWriterPeer
{
    private const int FlushFrom = 128 * 1024;

    private static readonly JsonEncodedText[] Names = [.. Order.Columns.Select(name => JsonEncodedText.Encode(name))];

    public static async Task<Lap> RunAsync(Stage stage, OrderTable table)
    {
        var file = stage.NewFile("jsonl");
        var started = Stopwatch.GetTimestamp();
        await using (var output = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var buffer = new ArrayBufferWriter<byte>(2 * FlushFrom);
            await using var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
            await Order.ReadAsync(stage, table, order =>
            {
                Write(json, order);
                buffer.Write("\n"u8);
                if (buffer.WrittenCount >= FlushFrom)
                {
                    output.Write(buffer.WrittenSpan);
                    buffer.ResetWrittenCount();
                }
            });
            await output.WriteAsync(buffer.WrittenMemory, stage.Stopping);
        }

        return Lap.Of(file, started);
    }

    private static void Write(Utf8JsonWriter json, in Order order)
    {
        json.WriteStartObject();
        json.WriteNumber(Names[0], order.Id);
        json.WriteString(Names[1], order.OrderedAt);
        json.WriteString(Names[2], order.Customer);
        json.WriteString(Names[3], order.Email);
        json.WriteNumber(Names[4], order.Amount);
        json.WriteNumber(Names[5], order.Quantity);
        json.WriteBoolean(Names[6], order.IsGift);
        json.WriteString(Names[7], order.Status);
        json.WritePropertyName(Names[8]);
        Span<byte> day = stackalloc byte[10];
        order.DueOn.TryFormat(day, out _, "O", null);
        json.WriteStringValue(day);
        json.WriteString(Names[9], order.Reference);
        json.WriteString(Names[10], order.Country);
        json.WriteString(Names[11], order.Note);
        json.WriteEndObject();
        json.Flush();
        json.Reset();
    }
}
