namespace ExportHub.Tests.RealData;

/// <summary>Needs the OurAirports files, which are not in the repository: beside it under shared/data/ourairports, or where EXPORTHUB_TEST_DATA points.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AirportsFactAttribute : FactAttribute
{
    public AirportsFactAttribute()
    {
        if (Folder is null)
        {
            Skip = "The OurAirports CSV files are not here; set EXPORTHUB_TEST_DATA to the folder that holds them.";
        }
    }

    public static string? Folder { get; } =
        new[] { Environment.GetEnvironmentVariable("EXPORTHUB_TEST_DATA"), Path.Combine(Repository.Root, "..", "shared", "data", "ourairports") }
            .FirstOrDefault(folder => folder is not null && File.Exists(Path.Combine(folder, "runways.csv")));
}
