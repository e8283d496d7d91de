using System.Globalization;
using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>What the file of an export says of itself.</summary>
internal static class AboutExport
{
    private static readonly string Product = $"ExportHub {typeof(AboutExport).Assembly.GetName().Version?.ToString(3)}";

    public static FileAbout Of(Export export, DateTimeOffset asOf)
    {
        var facts = new List<FileFact>();
        if (export.Dataset.Description is { Length: > 0 } description)
        {
            facts.Add(new("Description", description));
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(export.Criteria.TimeZone);
        facts.AddRange(CriteriaWords.Describe(export.Dataset, export.Criteria).Select((words, i) => new FileFact(i == 0 ? "Asked for" : "", words)));
        if (RowWords.Rule(export) is { } rule)
        {
            facts.Add(new("Which rows", rule));
        }

        facts.Add(new("Data as of", Time(asOf, zone)));
        facts.Add(new("Times are those of", export.Criteria.TimeZone));
        facts.Add(new("Requested", Time(export.RequestedAt, zone)));
        facts.Add(new("Export ID", $"{export.Id}"));
        facts.Add(new("Written by", Product));
        return new FileAbout(export.Dataset.Title ?? export.Dataset.Name, asOf, facts);
    }

    private static string Time(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
