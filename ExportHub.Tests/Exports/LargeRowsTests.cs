using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ExportHub.Tests.RealData;

namespace ExportHub.Tests.Exports;

public sealed class LargeRowsTests(TestApp app) : IClassFixture<TestApp>
{
    public static TheoryData<string> Formats => new("csv", "xlsx", "json", "jsonl");

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_cell_of_ten_megabytes_is_whole_or_said_to_be_cut(string format)
    {
        await app.WriteDatasetAsync("tens", """
            { "query": "SELECT n AS id, CASE n WHEN 2 THEN repeat('ä\"€\n', 10485760 / 7) ELSE 'small' END AS words FROM generate_series(1, 3) AS n", "key": ["id"] }
            """);

        var document = await CompletedAsync(new { dataset = "tens", format, sort = new[] { new { column = "id" } } });

        var words = Referee.Read(format, await app.DownloadAsync(document)).Rows.Select(row => $"{row[1]}").ToList();
        var large = string.Concat(Enumerable.Repeat("ä\"€\n", 10485760 / 7));
        if (format == "xlsx")
        {
            Assert.Equal(large[..(32_767 - 8)] + " … [cut]", words[1]);
            Assert.Contains("1 text in “Words”", document.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(large, words[1]);
        }

        Assert.Equal(("small", "small", 3), (words[0], words[2], words.Count));
    }

    [Fact]
    public async Task A_cell_of_a_hundred_megabytes_is_whole()
    {
        const int Megabytes = 100;
        await app.WriteDatasetAsync("hundreds", $$"""
            { "query": "SELECT n AS id, CASE n WHEN 2 THEN repeat('0123456789abcdef', {{Megabytes}} * 65536) ELSE 'small' END AS words FROM generate_series(1, 3) AS n", "key": ["id"] }
            """);

        var document = await CompletedAsync(new { dataset = "hundreds", format = "csv", sort = new[] { new { column = "id" } } });

        using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        expected.AppendData("id,words\r\n1,small\r\n2,"u8);
        var piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789abcdef", 65536)));
        for (var n = 0; n < Megabytes; n++)
        {
            expected.AppendData(piece);
        }

        expected.AppendData("\r\n3,small\r\n"u8);
        Assert.Equal(Convert.ToHexStringLower(expected.GetHashAndReset()), document.GetProperty("download").GetProperty("sha256").GetString());
    }

    [Theory]
    [InlineData("csv", 1600)]
    [InlineData("xlsx", 1600)]
    [InlineData("json", 1600)]
    [InlineData("jsonl", 1664)]
    public async Task As_many_columns_as_PostgreSQL_can_have_are_all_in_the_file(string format, int columns)
    {
        var name = $"wide_{format}";
        var list = string.Join(", ", Enumerable.Range(1, columns).Select(n => $"{n} AS c{n}"));
        if (columns <= 1600)
        {
            await app.Database.ExecuteAsync($"CREATE TABLE {name} AS SELECT {list}");
        }

        await app.WriteDatasetAsync(name, columns <= 1600 ? $$"""{ "from": "public.{{name}}" }""" : $$"""{ "query": "SELECT {{list}}" }""");
        var names = Enumerable.Range(1, columns).Select(n => $"c{n}").ToList();

        var document = await CompletedAsync(new { dataset = name, format, columns = names, options = format == "xlsx" ? (object)new { header = "name" } : new { } });

        var (header, rows) = Referee.Read(format, await app.DownloadAsync(document));
        Assert.Equal(names, header);
        Assert.Equal(Enumerable.Range(1, columns).Select(n => $"{n}"), Assert.Single(rows).Select(cell => $"{cell}"));
    }

    private async Task<JsonElement> CompletedAsync(object request)
    {
        var document = await app.ExportAsync(request);
        Assert.True(document.GetProperty("status").GetString() == "completed", document.ToString());
        return document;
    }
}
