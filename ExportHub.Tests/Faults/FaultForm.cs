namespace ExportHub.Tests.Faults;

/// <summary>How much damage is done: a little in every test run, or the whole with `EXPORTHUB_FAULTS=long`.</summary>
internal static class FaultForm
{
    public static bool Long { get; } = Environment.GetEnvironmentVariable("EXPORTHUB_FAULTS") == "long";
}
