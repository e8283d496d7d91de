using System.Text;
using System.Text.Json;
using CsvHelper;
using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Pages.Request;

/// <summary>A list of values for one column, read from a CSV file: its first column, or the one that is called like the dataset's.</summary>
/// <param name="Fault">Why nothing was taken, in a sentence; null when it was.</param>
internal sealed record ValueFile(IReadOnlyList<string> Values, int Duplicates, int Blanks, string? Fault)
{
    private static readonly CsvReaderOptions Csv = new()
    {
        HasHeader = false, SkipEmptyLines = false, TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = 1024 * 1024,
    };

    /// <summary>Reads up to the first fault. UTF-8, or what the file's byte order mark says; the delimiter is found out.</summary>
    public static ValueFile Read(Stream file, DatasetColumn column)
    {
        using var text = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        using var csv = CsvReader.Create(text, Csv);
        try
        {
            return Read(csv, column);
        }
        catch (DecoderFallbackException)
        {
            return Faulty(Text.Of("The file is not text in UTF-8, so nothing was taken. Save it as “CSV UTF-8” and choose it again."));
        }
        catch (CsvFormatException fault)
        {
            return Faulty(Text.Of("Line {0:N0} cannot be read, perhaps because a quotation mark is left open. Nothing was taken.", fault.LineNumber));
        }
    }

    /// <summary>What was taken, for the person.</summary>
    public string Words(string name) => string.Join(' ', ((string[])
    [
        Values.Count == 1 ? Text.Of("1 value was taken from {0}.", name) : Text.Of("{0:N0} values were taken from {1}.", Values.Count, name),
        Duplicates > 0 ? Text.Of("Left out as repeated: {0:N0}.", Duplicates) : "",
        Blanks > 0 ? Text.Of("Left out as blank: {0:N0}.", Blanks) : "",
    ]).Where(sentence => sentence != ""));

    private static ValueFile Read(CsvReader csv, DatasetColumn column)
    {
        var (values, duplicates, blanks, at) = (new HashSet<string>(StringComparer.Ordinal), 0, 0, 0);
        for (var isFirst = true; csv.Read(); isFirst = false)
        {
            if (isFirst && Heading(csv.Current.ToArray(), column) is { } heading)
            {
                at = heading;
                continue;
            }

            var value = at < csv.FieldCount ? csv.GetString(at) : "";
            if (value.Length == 0)
            {
                blanks++;
            }
            else if (Wrong(value, column) is { } wrong)
            {
                return Faulty(Text.Of("Line {0:N0}: {1} Nothing was taken.", csv.LineNumber, wrong));
            }
            else if (!values.Add(value))
            {
                duplicates++;
            }
            else if (values.Count > FilterCheck.MostValues)
            {
                return Faulty(Text.Of("The file holds more than {0:N0} values, which is the most. Nothing was taken.", FilterCheck.MostValues));
            }
        }

        return values.Count == 0 ? Faulty(Text.Of("The file holds no value.")) : new ValueFile([.. values], duplicates, blanks, null);
    }

    /// <summary>Where the values stand when the first line is a heading; null when it holds a value.</summary>
    private static int? Heading(string[] first, DatasetColumn column)
    {
        var named = Array.FindIndex(
            first, cell => cell.Equals(column.Name, StringComparison.OrdinalIgnoreCase) || cell.Equals(column.Title, StringComparison.OrdinalIgnoreCase));
        return named >= 0 ? named
            : first is [{ Length: > 0 } cell, ..] && column.Kind != ValueKind.Text && Wrong(cell, column) is not null && !cell.Any(char.IsDigit) ? 0
            : null;
    }

    private static string? Wrong(string value, DatasetColumn column)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            return Text.Of("A value holds a line break, which no value of a list can.");
        }

        return ExportHub.Datasets.FilterValue.Parse(column, JsonSerializer.SerializeToElement(value), TimeZoneInfo.Utc, out var allowed) is null ? allowed : null;
    }

    private static ValueFile Faulty(string fault) => new([], 0, 0, fault);
}
