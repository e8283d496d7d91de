using ExportHub.Formats;

namespace ExportHub.Benchmarks;

/// <summary>The writers of the product over <see cref="Stream.Null"/>.</summary>
internal static class WritingToNowhere
{
    public static IRowWriter Create(string format, string compression, IReadOnlyList<FileColumn> columns)
    {
        var options = new FormatOptions { Compression = compression };
        var settings = FileFormats.Settle(format, options, TimeZoneInfo.Utc, Refuse)!;
        return FileFormats.CreateWriter(settings, columns, new FileAbout("Orders", DateTimeOffset.UnixEpoch, []), Stream.Null);
    }

    public static void Refuse(string field, string sentence) => throw new InvalidOperationException($"{field}: {sentence}");
}
