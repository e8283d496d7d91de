using System.IO.Compression;
using System.Text;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats;

public sealed class FileFormatsTests
{
    private static readonly FileColumn[] Column = [new("a", "A", CellType.Text)];

    public static TheoryData<string> EveryFormat => new(FileFormats.All.Select(format => format.Name));

    [Fact]
    public void Without_options_the_defaults_of_the_format_hold()
    {
        var csv = Written.Settings(FileFormats.Csv);
        var xlsx = Written.Settings(FileFormats.Xlsx);

        Assert.Equal((',', "", true, false, Packing.None), (csv.Delimiter, csv.NullText, csv.FormulaGuard, csv.HeaderTitles, csv.Packing));
        Assert.True(xlsx.HeaderTitles);
    }

    [Theory]
    [InlineData("de-DE", ';')]
    [InlineData("en-US", ',')]
    [InlineData("en-ZA", ';')]
    [InlineData("fa-IR", ';')]
    [InlineData(null, ',')]
    public void The_profile_excel_takes_the_delimiter_of_the_culture(string? culture, char delimiter)
    {
        var settings = Written.Settings(FileFormats.Csv, new FormatOptions { Profile = "excel", Culture = culture });

        Assert.Equal((delimiter, true, culture ?? "en-US"), (settings.Delimiter, settings.HeaderTitles, settings.Culture));
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void What_was_settled_can_be_asked_for_again(string format)
    {
        var settings = Written.Settings(FileFormats.All.Single(known => known.Name == format), new FormatOptions { Compression = "gzip" });

        Assert.Equal(settings.ToOptions(), Written.Settings(settings.Format, settings.ToOptions()).ToOptions());
    }

    [Fact]
    public void What_was_settled_names_every_option()
    {
        var asked = new FormatOptions { Profile = "excel", Culture = "de-DE", FormulaGuard = false, NullText = "-", RowsPerFile = 1000 };

        var told = Written.Settings(FileFormats.Csv, asked).ToOptions();

        Assert.Equal(new FormatOptions
        {
            Profile = "excel", Culture = "de-DE", FormulaGuard = false, NullText = "-", Delimiter = ";", Header = "title", Compression = "zip", RowsPerFile = 1000,
            Quote = "needed", LineEnd = "crlf", Bom = true, Decimal = ",", DateFormat = "dd.MM.yyyy",
        }, told);
        Assert.All(typeof(FormatOptions).GetProperties(), option => Assert.NotNull(option.GetValue(told)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pdf")]
    [InlineData("CSV")]
    public void An_unknown_format_is_answered_with_the_known_ones(string? format)
    {
        var faults = Faults(format, null);

        Assert.Contains("csv, xlsx, json or jsonl", Assert.Single(faults["format"]), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once_with_what_is_allowed()
    {
        var faults = Faults("csv", new FormatOptions
        {
            Profile = "word", Delimiter = "::", Culture = "zz-ZZ", Header = "none", NullText = "a\0b\"", Compression = "rar",
        });

        Assert.Equal(
            ["options.compression", "options.culture", "options.delimiter", "options.header", "options.nullText", "options.profile"],
            faults.Keys.Order());
        Assert.Contains("machine or excel", faults["options.profile"][0], StringComparison.Ordinal);
        Assert.Contains("none, gzip or zip", faults["options.compression"][0], StringComparison.Ordinal);
        Assert.Contains("semicolon", faults["options.delimiter"][0], StringComparison.Ordinal);
        Assert.Contains("title or name", faults["options.header"][0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_does_not_suit_the_format_is_a_fault()
    {
        var options = new FormatOptions { Profile = "excel", Delimiter = ";", Culture = "de-DE", FormulaGuard = true, NullText = "-", Header = "name" };

        Assert.Equal(6, Faults("jsonl", options).Count);
        Assert.Equal(5, Faults("xlsx", options).Count);
        Assert.Empty(Faults("csv", options));
        Assert.Equal(["options.culture"], Faults("csv", options with { Profile = "machine" }).Keys);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("\0")]
    [InlineData("\"")]
    [InlineData(";")]
    [InlineData("123456789012345678901")]
    public void A_text_for_null_that_would_break_lines_or_fields_is_refused(string text)
    {
        Assert.Equal(["options.nullText"], Faults("csv", new FormatOptions { Delimiter = ";", NullText = text }).Keys);
    }

    [Fact]
    public void Too_many_columns_for_a_sheet_are_refused_before_the_first_byte()
    {
        var columns = Enumerable.Range(0, 16_385).Select(i => new FileColumn($"c{i}", "", CellType.Text)).ToList();
        using var output = new MemoryStream();

        var refused = Assert.Throws<ArgumentException>(() => FileFormats.CreateWriter(Written.Settings(FileFormats.Xlsx), columns, Written.About, output));

        Assert.Contains("16,384", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FileFormats.CreateWriter(Written.Settings(FileFormats.Csv), [], Written.About, output));
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public async Task Gzip_holds_the_same_file(string format)
    {
        byte[]?[][] rows = [.. Enumerable.Range(0, 5000).Select(i => new[] { WireRow.Text($"line {i}") })];
        var options = new FormatOptions { Compression = "gzip" };

        var plain = await Written.By(Written.Settings(Named(format)), Column, rows);
        var packed = await Written.By(Written.Settings(Named(format), options), Column, rows);

        using var unpacked = new MemoryStream();
        await using var gzip = new GZipStream(new MemoryStream(packed.Bytes), CompressionMode.Decompress);
        await gzip.CopyToAsync(unpacked);
        Assert.Equal(plain.Bytes, unpacked.ToArray());
        Assert.Equal(plain.Report.Rows, packed.Report.Rows);
        Assert.Equal($"{format}.gz", Written.Settings(Named(format), options).Extension);
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public async Task Disposing_without_finishing_adds_nothing_to_the_file(string format)
    {
        foreach (var compression in new[] { "none", "gzip" })
        {
            using var output = new ForwardStream();
            var settings = Written.Settings(Named(format), new FormatOptions { Compression = compression });
            var writer = FileFormats.CreateWriter(settings, Column, Written.About, output);
            await writer.StartAsync(CancellationToken.None);
            using var row = WireRow.Of(WireRow.Text(new string('x', 300_000)));
            await writer.WriteAsync(row, CancellationToken.None);
            var before = output.ToArray().Length;

            await writer.DisposeAsync();
            await writer.DisposeAsync();

            Assert.Equal(before, output.ToArray().Length);
        }
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public async Task A_cell_of_ten_megabytes_is_written(string format)
    {
        var wire = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("0123456\"é", 1_000_000)));

        var file = await Written.By(Written.Settings(Named(format)), Column, [wire], [WireRow.Text("next")]);

        Assert.Equal(2, file.Report.Rows);
        Assert.Equal(format switch { "xlsx" => [RemarkKind.Cut], "csv" => [RemarkKind.Overlong], _ => [] }, file.Report.Remarks.Select(remark => remark.Kind).ToArray());
        if (format != "xlsx")
        {
            Assert.InRange(file.Bytes.Length, 11_000_000, 12_000_000);
        }
    }

    private static FileFormat Named(string name) => FileFormats.All.Single(format => format.Name == name);

    private static Dictionary<string, List<string>> Faults(string? format, FormatOptions? options)
    {
        var faults = new Dictionary<string, List<string>>();
        var settings = FileFormats.Settle(format, options, TimeZoneInfo.Utc, (field, fault) =>
        {
            if (!faults.TryGetValue(field, out var list))
            {
                faults[field] = list = [];
            }

            list.Add(fault);
        });
        Assert.Equal(faults.Count == 0, settings is not null);
        return faults;
    }
}
