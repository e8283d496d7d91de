using System.Text;
using ExportHub.Tests.RealData;
using Npgsql;

namespace ExportHub.Tests.Exports;

/// <summary>Databases whose texts are not UTF-8. A file that says it is UTF-8 must be, whatever the database holds.</summary>
public sealed class ForeignEncodingTests : IAsyncLifetime
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly TestApp app = new();
    private readonly string name = $"foreign_{Guid.NewGuid():N}";

    public Task InitializeAsync() => app.InitializeAsync();

    public async Task DisposeAsync()
    {
        await app.StopAsync();
        await app.Database.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await app.DisposeAsync();
    }

    [Fact]
    public async Task What_is_no_text_in_a_SQL_ASCII_database_is_replaced_counted_and_said()
    {
        await CreateAsync("SQL_ASCII", """
            CREATE TABLE words (id int PRIMARY KEY, word text, doc json, note varchar(9));
            INSERT INTO words VALUES
                (1, E'caf\xe9', '{"a": 1}', 'fine'),
                (2, E'Zo\xc3\xab', E'{"a": "\xe9"}', NULL),
                (3, E'\xe6\xbc' || repeat('x', 2000) || E'\xff', NULL, ''),
                (4, E'"\xed\xa0\x80"', '[]', '=1');
            """);
        foreach (var format in new[] { "csv", "xlsx", "json", "jsonl" })
        {
            var document = await app.ExportAsync(new { dataset = "words", format, sort = new[] { new { column = "id" } }, options = format == "csv" ? (object)new { formulaGuard = false } : new { } });
            Assert.True(document.GetProperty("status").GetString() == "completed", document.ToString());
            var file = await app.DownloadAsync(document);

            Assert.Equal(["4 texts in “Word”, “Doc” are not valid UTF-8; what could not be read was replaced by “�”."], document.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()));
            if (format != "xlsx")
            {
                Strict.GetString(file);
            }

            var rows = Referee.Read(format, file).Rows;
            Assert.Equal(["caf\uFFFD", "Zoë", "\uFFFD" + new string('x', 2000) + "\uFFFD", "\"\uFFFD\uFFFD\uFFFD\""], rows.Select(row => $"{row[1]}"));
            Assert.Contains("\uFFFD", $"{rows[1][2]}", StringComparison.Ordinal);
            Assert.Equal("fine", $"{rows[0][3]}");
        }
    }

    [Fact]
    public async Task A_LATIN1_database_is_converted_by_the_database()
    {
        await CreateAsync("LATIN1", """
            CREATE TABLE words (id int PRIMARY KEY, word text);
            INSERT INTO words VALUES (1, 'café'), (2, chr(255) || ' ß ÿ');
            """);

        var document = await app.ExportAsync(new { dataset = "words", format = "csv", filters = new[] { new { column = "word", op = "eq", value = "café" } } });
        var all = await app.ExportAsync(new { dataset = "words", format = "jsonl", sort = new[] { new { column = "id" } } });

        Assert.Equal("id,word\r\n1,café\r\n", Strict.GetString(await app.DownloadAsync(document)));
        Assert.Equal("{\"id\":1,\"word\":\"café\"}\n{\"id\":2,\"word\":\"ÿ ß ÿ\"}\n", Strict.GetString(await app.DownloadAsync(all)));
        Assert.Empty(all.GetProperty("warnings").EnumerateArray());
    }

    private async Task CreateAsync(string encoding, string sql)
    {
        await app.Database.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'");
        var connection = new NpgsqlConnectionStringBuilder(app.Database.ConnectionString) { Database = name }.ConnectionString;
        await using (var pool = NpgsqlDataSource.Create(connection))
        await using (var command = pool.CreateCommand(sql))
        {
            await command.ExecuteNonQueryAsync();
        }

        app.With("ConnectionStrings:Foreign", connection);
        await app.WriteDatasetAsync("words", """{ "source": "Foreign", "from": "public.words" }""");
    }
}
