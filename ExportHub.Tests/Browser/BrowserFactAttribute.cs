namespace ExportHub.Tests.Browser;

/// <summary>A test in a real browser; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = WhyNot;

    /// <summary>Null where there is one.</summary>
    public static string? WhyNot => Chromium.Executable is not null
        ? null
        : "No Chromium or Chrome is installed; on Debian: apt-get install chromium. EXPORTHUB_TEST_BROWSER may name its executable.";
}
