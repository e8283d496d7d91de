using System.Text.Json;
using ExportHub.Tests.RealData;

namespace ExportHub.Tests.Exports;

public sealed class LimitTests(TestApp app) : IClassFixture<TestApp>
{
    public static TheoryData<string> Formats => new("csv", "xlsx", "json", "jsonl");

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_file_has_as_many_rows_as_there_are_or_as_the_limit_allows(string format)
    {
        foreach (var (limit, rows) in new[] { (999, 999), (1000, 1000), (1_000_000_000, 1000) })
        {
            var document = await CompletedAsync(new { dataset = "orders", format, limit });

            Assert.Equal(rows, document.GetProperty("download").GetProperty("rows").GetInt32());
            Assert.Equal(rows, Referee.Read(format, await app.DownloadAsync(document)).Rows.Count);
        }
    }

    [Theory]
    [InlineData("csv", "No rows matched the criteria; the file holds the header only.")]
    [InlineData("xlsx", "No rows matched the criteria; the file holds the header only.")]
    [InlineData("json", "No rows matched the criteria; the file holds an empty list.")]
    [InlineData("jsonl", "No rows matched the criteria; the file is empty.")]
    public async Task No_rows_make_a_valid_file_and_a_plain_sentence(string format, string sentence)
    {
        var document = await CompletedAsync(new { dataset = "orders", format, filters = new[] { new { column = "id", op = "lt", value = 0 } } });

        Assert.Equal([sentence], document.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()));
        var (header, rows) = Referee.Read(format, await app.DownloadAsync(document));
        Assert.Empty(rows);
        Assert.Equal(format is "csv" or "xlsx" ? 7 : 0, header.Count);
        Assert.Contains(sentence, await app.Client.GetStringAsync($"/exports/{document.GetProperty("id").GetGuid()}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_there_are_not_called_none() =>
        Assert.DoesNotContain("No rows", (await CompletedAsync(new { dataset = "orders", format = "csv", limit = 1 })).GetProperty("warnings").ToString(), StringComparison.Ordinal);

    private async Task<JsonElement> CompletedAsync(object request)
    {
        var document = await app.ExportAsync(request);
        Assert.True(document.GetProperty("status").GetString() == "completed", document.ToString());
        return document;
    }
}
