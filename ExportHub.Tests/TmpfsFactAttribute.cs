using System.Diagnostics;

namespace ExportHub.Tests;

/// <summary>A test that needs a small file system of its own to fill; skipped where none may be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TmpfsFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("exporthub-tmpfs-");
        var can = Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.FullName) && Run("umount", folder.FullName);
        folder.Delete();
        return can;
    });

    public TmpfsFactAttribute() =>
        Skip = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && CanMount.Value ? null : "Needs root on Linux, who may mount a tmpfs.";

    public static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
