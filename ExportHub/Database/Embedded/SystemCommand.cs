using System.ComponentModel;
using System.Diagnostics;

namespace ExportHub.Database.Embedded;

/// <param name="Output">What it wrote to both outputs, trimmed.</param>
internal readonly record struct CommandResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs a program of the machine to its end.</summary>
internal static class SystemCommand
{
    /// <summary>The shell's answer for a program that is not there.</summary>
    public const int NotFound = 127;

    private static string Root => OperatingSystem.IsWindows() ? Environment.SystemDirectory : "/";

    public static CommandResult Run(params string[] command) =>
        RunAsync(command, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>
    /// Runs in <paramref name="folder"/>, or at the root of the file system, because the program may run as a user who cannot enter our own
    /// folder. A program that is not there answers <see cref="NotFound"/>. A canceled call leaves the program running.
    /// </summary>
    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancel, string? folder = null)
    {
        using var process = new Process { StartInfo = Describe(command, folder ?? Root) };
        try
        {
            process.Start();
        }
        catch (Win32Exception problem)
        {
            return new CommandResult(NotFound, problem.Message);
        }

        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new CommandResult(process.ExitCode, $"{await output}\n{await errors}".Trim());
    }

    private static ProcessStartInfo Describe(IReadOnlyList<string> command, string folder)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };

        // PGPORT, PGDATA and their like would bend a server that is meant to be private.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
