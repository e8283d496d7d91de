using System.Globalization;
using System.Text.RegularExpressions;

namespace ExportHub.Database.Embedded;

/// <summary>A folder with the programs of one PostgreSQL version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int OldestMajor = 13;

    private const string SettingName = "Database:BinaryFolder";

    public string this[string program] => Path.Combine(Folder, FileName(program));

    /// <summary>
    /// The first usable folder: the setting alone when it is given, else <paramref name="places"/> in their order.
    /// <paramref name="cluster"/> is the major version that an existing cluster needs, null for a new one.
    /// </summary>
    /// <exception cref="InvalidOperationException">None is usable; the message says what to install or to set.</exception>
    public static PostgresBinaries Find(string? setting, IEnumerable<string> places, int? cluster)
    {
        var found = (setting is null ? places : [setting]).Select(Look).OfType<PostgresBinaries>();
        return found.FirstOrDefault(binaries => cluster is null ? binaries.Major >= OldestMajor : binaries.Major == cluster)
            ?? throw new InvalidOperationException(Missing(setting, cluster));
    }

    /// <summary>PATH, then where Debian, Homebrew and the Windows installer put PostgreSQL, newest first.</summary>
    public static IEnumerable<string> UsualPlaces() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        .. NewestFirst("/usr/lib/postgresql", "*"),
        .. NewestFirst("/opt/homebrew/opt", "postgresql@*"),
        .. NewestFirst("/usr/local/opt", "postgresql@*"),
        .. NewestFirst(@"C:\Program Files\PostgreSQL", "*"),
    ];

    private static IEnumerable<string> NewestFirst(string folder, string pattern) =>
        Directory.Exists(folder)
            ? from version in Directory.EnumerateDirectories(folder, pattern)
              orderby Number(Path.GetFileName(version)) descending
              select Path.Combine(version, "bin")
            : [];

    private static PostgresBinaries? Look(string folder)
    {
        var control = Path.Combine(folder, FileName("pg_ctl"));
        if (!File.Exists(control))
        {
            return null;
        }

        // A link such as /usr/local/bin/pg_ctl leads to the folder that has the rest.
        folder = Path.GetDirectoryName(File.ResolveLinkTarget(control, returnFinalTarget: true)?.FullName ?? control) ?? folder;
        return File.Exists(Path.Combine(folder, FileName("initdb"))) && File.Exists(Path.Combine(folder, FileName("postgres")))
            ? new PostgresBinaries(folder, Number(SystemCommand.Run(control, "--version").Output))
            : null;
    }

    private static string FileName(string program) => OperatingSystem.IsWindows() ? program + ".exe" : program;

    private static int Number(string text) =>
        VersionNumber().Match(text) is { Success: true } match ? int.Parse(match.Value, CultureInfo.InvariantCulture) : 0;

    private static string Missing(string? setting, int? cluster)
    {
        var which = cluster is null ? $"PostgreSQL {OldestMajor} or newer" : $"PostgreSQL {cluster}, which made the data folder,";
        var package = cluster is null ? "postgresql" : $"postgresql-{cluster}";
        return setting is null
            ? $"{which} was not found on this machine: install it (Debian, Ubuntu: `apt-get install {package}`; macOS: `brew install postgresql@{cluster ?? 17}`), "
                + $"name its bin folder in the setting {SettingName}, or name a database of your own in ConnectionStrings:ExportHub."
            : $"The setting {SettingName} is \"{setting}\", but {which} is not there: it must name a folder that holds pg_ctl, initdb and postgres.";
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex VersionNumber();
}
