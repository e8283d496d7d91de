namespace ExportHub.Tests;

/// <summary>A test that runs lines of a shell with curl; skipped where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CurlFactAttribute : FactAttribute
{
    public CurlFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] missing = [.. from program in (string[])["sh", "curl"] where !folders.Any(folder => File.Exists(Path.Combine(folder, program))) select program];
        Skip = missing is [] ? null : $"Needs {string.Join(" and ", missing)}.";
    }
}
