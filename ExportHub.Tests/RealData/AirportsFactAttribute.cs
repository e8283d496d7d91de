namespace ExportHub.Tests.RealData;

/// <summary>Needs the OurAirports files, which are not in the repository: beside it under shared/data/ourairports, or where EXPORTHUB_TEST_DATA points.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AirportsFactAttribute : FactAttribute
{
    /// <param name="office">Whether the test opens them in LibreOffice.</param>
    public AirportsFactAttribute(bool office = false)
    {
        Skip = Folder is null ? "The OurAirports CSV files are not here; set EXPORTHUB_TEST_DATA to the folder that holds them." : office ? LibreOffice.Missing : null;
    }

    public static string? Folder { get; } =
        new[] { Environment.GetEnvironmentVariable("EXPORTHUB_TEST_DATA"), Path.Combine(Repository.Root, "..", "shared", "data", "ourairports") }
            .FirstOrDefault(folder => folder is not null && File.Exists(Path.Combine(folder, "runways.csv")));
}
