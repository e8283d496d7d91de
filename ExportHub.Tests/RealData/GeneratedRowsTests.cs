namespace ExportHub.Tests.RealData;

/// <summary>The comparison of <see cref="OurAirportsTests"/> for everyone, on rows made here.</summary>
public sealed class GeneratedRowsTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Generated_rows_are_the_same_in_every_format()
    {
        await app.Database.ExecuteAsync("""
            CREATE TABLE generated AS
            SELECT n AS id,
                CASE n % 7 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN lpad(n::text, 8, '0') WHEN 3 THEN 'Zoë, "漢字" 😀'
                    WHEN 4 THEN E'two\nlines' WHEN 5 THEN '=1+1' ELSE '_x0041_ <&> ' || n END AS words,
                CASE WHEN n % 5 > 0 THEN n * 1.01 END AS amount,
                (n * 123456789012345678::numeric)::text AS long_id,
                sqrt(n) AS root,
                n % 3 = 0 AS divisible,
                date '2024-02-27' + n % 400 AS day,
                n::bigint * 1000 AS thousand
            FROM generate_series(1, 20000) AS n;
            ALTER TABLE generated ADD PRIMARY KEY (id);
            """);
        await app.WriteDatasetAsync("generated", """{ "from": "public.generated" }""");

        Assert.Equal(4 * 8 * 20_000, await SameAsSource.AssertAsync(app, "generated", "generated", "id"));
    }

    [Fact]
    public async Task A_compressed_file_holds_the_same_bytes()
    {
        var plain = await app.DownloadAsync(await app.ExportAsync(new { dataset = "orders", format = "csv" }));
        var document = await app.ExportAsync(new { dataset = "orders", format = "csv", options = new { compression = "gzip" } });

        Assert.Equal(plain, Referee.Unzip(await app.DownloadAsync(document)));
        Assert.EndsWith(".csv.gz", document.GetProperty("download").GetProperty("fileName").GetString(), StringComparison.Ordinal);
    }
}
