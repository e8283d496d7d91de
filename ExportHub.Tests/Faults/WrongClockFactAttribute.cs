namespace ExportHub.Tests.Faults;

/// <summary>A test that gives processes a wrong clock; skipped where libfaketime is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WrongClockFactAttribute : FactAttribute
{
    private static readonly string? Library = Find();

    public WrongClockFactAttribute() => Skip = Library is null ? "Needs libfaketime (Debian: the package faketime)." : null;

    /// <summary>The environment of a process whose clocks are wrong by as much.</summary>
    public static (string Name, string Value)[] Shifted(string by) => [("LD_PRELOAD", Library!), ("FAKETIME", by)];

    private static string? Find() =>
        OperatingSystem.IsLinux() && Directory.Exists("/usr/lib")
            ? Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists)
            : null;
}
