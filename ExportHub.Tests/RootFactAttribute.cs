namespace ExportHub.Tests;

/// <summary>A test of what happens when root starts ExportHub on Linux; skipped for everybody else.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Skip = "Only root on Linux hands the server to another user.";
        }
    }
}
