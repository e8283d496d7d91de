using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportHub.Datasets;

/// <summary>A time to keep files: a number of days, or `d.hh:mm:ss` as in the settings.</summary>
internal sealed class RetentionJson : JsonConverter<TimeSpan?>
{
    /// <summary>The longest, as for `Files:Retention`.</summary>
    public const int MostDays = 3650;

    /// <summary>What a number or a text means; null where it means no time, or none between a second and <see cref="MostDays"/>.</summary>
    public static TimeSpan? Parse(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.FromSeconds(1) && time <= TimeSpan.FromDays(MostDays) ? time : null;

    /// <summary>Whole days as their number, anything else as `d.hh:mm:ss`; <see cref="Parse"/> reads it again.</summary>
    public static string Write(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerDay == 0 ? time.Days.ToString(CultureInfo.InvariantCulture) : time.ToString("c", CultureInfo.InvariantCulture);

    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number when reader.TryGetInt32(out var days) => days.ToString(CultureInfo.InvariantCulture),
            JsonTokenType.String => reader.GetString()!,
            _ => "",
        };
        return text is null ? null : Parse(text) ?? throw new JsonException($"it must be a number of days up to {MostDays}, or a time such as \"30.00:00:00\".");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is { } time)
        {
            writer.WriteStringValue(time.ToString("c", CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
