using System.Globalization;
using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Pages.Datasets;

/// <summary>Reads the fields as the definition that they mean.</summary>
internal static class FormDefinition
{
    /// <summary>What cannot be read is a fault at its field, and as if it were not said.</summary>
    public static DatasetDefinition Read(DatasetForm form, FieldFaults faults) => new()
    {
        Name = form.Name?.Trim() ?? "",
        Title = form.Title?.Trim(),
        Description = form.Description?.Trim(),
        Source = form.Source,
        From = form.From?.Trim(),
        Query = Lines(form.Query),
        Key = Split(form.Key, '\n') is { Length: > 0 } key ? key : null,
        DateColumn = form.DateColumn?.Trim(),
        RowLimit = Limit(form.RowLimit, "rowLimit", faults),
        Retention = Retention(form.Retention, faults),
        Rights = Rights(form, faults),
        RowFilter = Lines(form.RowFilter),
        Columns = form.Columns.Where(column => column is { Name: not null, SaysSomething: true }).DistinctBy(column => column.Name)
            .ToDictionary(column => column.Name!, column => new ColumnDefinition
            {
                Title = column.Title?.Trim(), Hidden = column.Hidden, Roles = People.ReadRoles(column.Roles) is { Length: > 0 } roles ? roles : null,
            }),
    };

    private static RightsDefinition? Rights(DatasetForm form, FieldFaults faults)
    {
        var rights = new RightsDefinition
        {
            See = People.ReadRoles(form.See),
            Export = People.ReadRoles(form.Export),
            Raw = People.ReadRoles(form.Raw),
            AllRows = People.ReadRoles(form.AllRows),
            RowLimits = RowLimits(form.RowLimits, faults),
        };
        return rights is { See.Count: 0, Export.Count: 0, Raw.Count: 0, AllRows.Count: 0, RowLimits.Count: 0 } ? null : rights;
    }

    private static Dictionary<string, long> RowLimits(string? text, FieldFaults faults)
    {
        var read = new Dictionary<string, long>();
        foreach (var line in Split(text, '\n'))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || !read.TryAdd(parts[0], limit))
            {
                faults.Add("rowLimits", Text.Of("Write each limit on a line of its own, as a role, an equals sign and a number, such as sales=100000; each role once."));
            }
        }

        return read;
    }

    private static long? Limit(string? text, string field, FieldFaults faults)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
        {
            return limit;
        }

        faults.Add(field, Text.Of("Write a whole number in digits, such as 100000, or nothing for no limit."));
        return null;
    }

    private static TimeSpan? Retention(string? text, FieldFaults faults)
    {
        var time = string.IsNullOrWhiteSpace(text) ? null : RetentionJson.Parse(text.Trim());
        if (time is null && !string.IsNullOrWhiteSpace(text))
        {
            faults.Add("retention", Text.Of("Write a number of days, up to {0}, or nothing for what holds without it.", RetentionJson.MostDays));
        }

        return time;
    }

    private static string[] Split(string? text, char separator) =>
        (text ?? "").Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Lines(string? text) => text?.ReplaceLineEndings("\n").Trim();
}
