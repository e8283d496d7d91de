namespace ExportHub.Tests.Browser;

/// <summary>Where pictures of the pages go when somebody asks for them; the README says how.</summary>
internal static class Pictures
{
    /// <summary>Of the tests that take pictures on the way.</summary>
    public const string Category = "Pictures";

    /// <summary>From EXPORTHUB_TEST_PICTURES, seen from the root of the repository; null when nobody asks.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("EXPORTHUB_TEST_PICTURES") is { Length: > 0 } folder ? Path.Combine(Repository.Root, folder) : null;
}
