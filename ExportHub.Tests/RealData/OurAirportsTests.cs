using ExportHub.Tests.Formats.Xlsx;

namespace ExportHub.Tests.RealData;

/// <summary>
/// Public-domain data as people really keep it: unicode names, empty cells, numbers as text. Loaded with typed columns, exported through the
/// real host and engine in every format, and every cell compared with the source.
/// </summary>
public sealed class OurAirportsTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Frequencies = "id int PRIMARY KEY, airport_ref int, airport_ident text, type text, description text, frequency_mhz numeric";
    private const string Countries = "id int PRIMARY KEY, code char(2), name text, continent text, wikipedia_link text, keywords text";
    private const string Regions =
        "id int PRIMARY KEY, code text, local_code text, name text, continent text, iso_country char(2), wikipedia_link text, keywords text";

    private const string Navaids =
        """
        id bigint PRIMARY KEY, filename text, ident text, name text, type text, frequency_khz int, latitude_deg double precision, longitude_deg double precision,
        elevation_ft int, iso_country varchar(2), dme_frequency_khz int, dme_channel text, dme_latitude_deg double precision, dme_longitude_deg double precision,
        dme_elevation_ft int, slaved_variation_deg numeric, magnetic_variation_deg numeric, "usageType" text, power text, associated_airport text
        """;

    private const string Runways =
        """
        id int PRIMARY KEY, airport_ref int, airport_ident text, length_ft int, width_ft int, surface text, lighted boolean, closed boolean,
        le_ident text, le_latitude_deg numeric, le_longitude_deg numeric, le_elevation_ft int, "le_heading_degT" real, le_displaced_threshold_ft int,
        he_ident text, he_latitude_deg numeric, he_longitude_deg numeric, he_elevation_ft int, "he_heading_degT" real, he_displaced_threshold_ft int
        """;

    [AirportsFact]
    public Task Frequencies_are_the_same_in_every_format() => CompareAsync("frequencies", "airport-frequencies.csv", Frequencies, 30_000);

    [AirportsFact]
    public Task Countries_are_the_same_in_every_format() => CompareAsync("countries", "countries.csv", Countries, 240);

    [AirportsFact]
    public Task Regions_are_the_same_in_every_format() => CompareAsync("regions", "regions.csv", Regions, 3_900);

    [AirportsFact]
    public Task Navaids_are_the_same_in_every_format() => CompareAsync("navaids", "navaids.csv", Navaids, 11_000);

    [AirportsFact]
    public Task Runways_are_the_same_in_every_format() => CompareAsync("runways", "runways.csv", Runways, 48_000);

    [AirportsFact(office: true)]
    public async Task LibreOffice_sees_what_is_in_the_file()
    {
        await LoadAsync("opened_navaids", "navaids.csv", Navaids);
        var file = await app.DownloadAsync(await app.ExportAsync(new { dataset = "opened_navaids", format = "xlsx" }));

        var seen = Workbook.Read(await LibreOffice.ConvertAsync(file, "xlsx", "xlsx"));

        var meant = Workbook.Read(file);
        Assert.Equal(meant.Select(sheet => sheet.Name), seen.Select(sheet => sheet.Name));
        Assert.InRange(meant[0].Rows.Count, 11_000, int.MaxValue);
        Assert.Equal(meant[0].Rows.Count, seen[0].Rows.Count);
        foreach (var (expected, actual) in meant[0].Rows.Zip(seen[0].Rows))
        {
            Assert.All(expected.Zip(actual), pair => Assert.True(IsSeen(pair.First, pair.Second), $"{pair.First} became {pair.Second}"));
        }
    }

    /// <summary>LibreOffice saves 15 digits, and an empty text as no cell.</summary>
    private static bool IsSeen(object? meant, object? seen) => (meant, seen) switch
    {
        (double number, double rounded) => Math.Abs(number - rounded) <= 1e-14 * Math.Abs(number),
        ("", null) => true,
        _ => Equals(meant, seen),
    };

    private async Task CompareAsync(string dataset, string file, string columns, int atLeast)
    {
        await LoadAsync(dataset, file, columns);

        var cells = await SameAsSource.AssertAsync(app, dataset, dataset, "id");

        Assert.InRange(cells, 4L * atLeast, long.MaxValue);
    }

    private async Task LoadAsync(string dataset, string file, string columns)
    {
        await app.Database.ExecuteAsync($"CREATE TABLE {dataset} ({columns})");
        await using (var connection = await app.Database.Pool.OpenConnectionAsync())
        await using (var copy = await connection.BeginTextImportAsync($"COPY {dataset} FROM STDIN (FORMAT csv, HEADER)"))
        {
            await copy.WriteAsync(await File.ReadAllTextAsync(Path.Combine(AirportsFactAttribute.Folder!, file)));
        }

        await app.WriteDatasetAsync(dataset, $$"""{ "from": "public.{{dataset}}" }""");
    }
}
