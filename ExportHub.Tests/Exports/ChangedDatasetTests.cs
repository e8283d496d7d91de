using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ExportHub.Tests.Exports;

/// <summary>Tables that change after a request was checked, while what was read of them is still believed.</summary>
public sealed class ChangedDatasetTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        // Whatever the connection string says of prepared statements.
        app.With("ConnectionStrings:Shop", app.Database.ConnectionString + ";Max Auto Prepare=20;Auto Prepare Min Usages=1;Maximum Pool Size=2");
        await app.WriteDatasetAsync("changing", """{ "source": "Shop", "from": "public.changing", "key": ["id"] }""");
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("ALTER TABLE changing ALTER v TYPE text USING 'n' || v", "id,v\r\n1,n42\r\n")]
    [InlineData("ALTER TABLE changing ALTER v TYPE float8", "id,v\r\n1,42\r\n")]
    [InlineData("ALTER TABLE changing ALTER v TYPE timestamptz USING timestamptz 'epoch' + v * interval '1 s'", "id,v\r\n1,1970-01-01T00:00:42Z\r\n")]
    [InlineData("ALTER TABLE changing ALTER v TYPE int[] USING ARRAY[v]", "id,v\r\n1,[42]\r\n")]
    [InlineData("ALTER TABLE changing ALTER v TYPE bytea USING int4send(v)", "id,v\r\n1,\\x0000002a\r\n")]
    [InlineData("DROP TABLE changing; CREATE TABLE changing (v text, extra uuid, id bigint); INSERT INTO changing VALUES ('x', NULL, 7)", "id,v\r\n7,x\r\n")]
    [InlineData("CREATE DOMAIN words AS text; ALTER TABLE changing ALTER v TYPE words", "id,v\r\n1,42\r\n")]
    [InlineData("CREATE TYPE mood AS ENUM ('42'); ALTER TABLE changing ALTER v TYPE mood USING v::text::mood; ALTER TYPE mood RENAME VALUE '42' TO 'größer'", "id,v\r\n1,größer\r\n")]
    public async Task Columns_that_are_only_read_are_read_as_what_they_are_now(string change, string file)
    {
        await CreateAsync();
        await app.Database.ExecuteAsync(change);

        var document = await app.ExportAsync(new { dataset = "changing", format = "csv", columns = new[] { "id", "v" } });

        Assert.True(document.GetProperty("status").GetString() == "completed", document.ToString());
        Assert.Equal(file, Encoding.UTF8.GetString(await app.DownloadAsync(document)));
    }

    [Theory]
    [InlineData("ALTER TABLE changing ALTER v TYPE text", "V is of type text now")]
    [InlineData("ALTER TABLE changing RENAME v TO w", "no longer has the column v")]
    [InlineData("ALTER TABLE changing DROP v", "no longer has the column v")]
    [InlineData("DROP TABLE changing", "cannot be used")]
    public async Task What_cannot_be_compared_any_more_fails_with_the_reason_and_the_next_request_knows(string change, string said)
    {
        await CreateAsync();
        await app.Database.ExecuteAsync(change);
        var request = new { dataset = "changing", format = "csv", filters = new[] { new { column = "v", op = "gte", value = 5 } } };

        var document = await app.ExportAsync(request);

        var error = document.GetProperty("error");
        Assert.Equal(("failed", "dataset_changed"), (document.GetProperty("status").GetString(), error.GetProperty("code").GetString()));
        Assert.Contains(said, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(app.FilesFolder, $"*{document.GetProperty("id").GetGuid()}*", SearchOption.AllDirectories));
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Client.PostAsJsonAsync("/api/exports", request)).StatusCode);
    }

    /// <summary>Makes the table and lets its description be read and two exports run.</summary>
    private async Task CreateAsync()
    {
        await app.Database.ExecuteAsync("CREATE TABLE changing (id int PRIMARY KEY, v int); INSERT INTO changing VALUES (1, 42)");
        for (var n = 0; n < 2; n++)
        {
            var document = await app.ExportAsync(new { dataset = "changing", format = "csv", columns = new[] { "id", "v" } });
            Assert.Equal("id,v\r\n1,42\r\n", Encoding.UTF8.GetString(await app.DownloadAsync(document)));
        }

        var columns = (await app.Client.GetFromJsonAsync<JsonElement>("/api/datasets/changing")).GetProperty("columns");
        Assert.Equal(2, columns.GetArrayLength());
    }
}
