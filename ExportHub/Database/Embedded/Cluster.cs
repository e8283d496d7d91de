using System.Globalization;

namespace ExportHub.Database.Embedded;

/// <summary>The PostgreSQL cluster in the data folder, by way of initdb and pg_ctl.</summary>
internal sealed class Cluster(EmbeddedFolders folders, EmbeddedSettings settings)
{
    public const string Superuser = "exporthub";

    // All commands run in the root folder with relative paths: pg_ctl hands them to a shell and escapes nothing.
    private const string Name = "cluster";
    private const string FreshName = "cluster.new";
    private const string LogName = "server.log";

    private const long LogLimit = 10_000_000;

    private PostgresBinaries? binaries;

    private bool Exists => File.Exists(VersionFile);

    private string VersionFile => Path.Combine(folders.Cluster, "PG_VERSION");

    private PostgresBinaries Binaries => binaries ??= PostgresBinaries.Find(
        settings.BinaryFolder, settings.BinaryPlaces, Exists ? int.Parse(File.ReadAllText(VersionFile), CultureInfo.InvariantCulture) : null);

    /// <summary>Makes the cluster if it is not there. It is made beside and renamed, so that a half-made one is never taken for whole.</summary>
    public async Task CreateAsync(CancellationToken cancel)
    {
        if (Exists)
        {
            return;
        }

        var fresh = Path.Combine(folders.Root, FreshName);
        CommandResult result = default;
        foreach (var locale in Locales())
        {
            if (Directory.Exists(fresh))
            {
                Directory.Delete(fresh, recursive: true);
            }

            string[] sync = settings.Durable ? [] : ["--no-sync"];
            result = await RunAsync("initdb",
                ["-D", FreshName, "-U", Superuser, "--encoding=UTF8", "--auth-local=trust", "--auth-host=reject", .. locale, .. sync], cancel);
            if (result.Succeeded)
            {
                Directory.Move(fresh, folders.Cluster);
                return;
            }
        }

        throw new InvalidOperationException($"PostgreSQL could not make its data folder {fresh}: {result.Output}");
    }

    /// <summary>Returns when the server takes connections. A failure's output is the end of the server's log.</summary>
    public async Task<CommandResult> StartAsync(CancellationToken cancel)
    {
        RemoveForeignPidFile();
        var logged = TrimLog();
        var result = await RunAsync("pg_ctl",
            ["start", "-w", "-t", Seconds(settings.StartTimeout), "-D", Name, "-l", LogName, "-o", string.Join(' ', ServerOptions())], cancel);
        return result.Succeeded ? result : result with { Output = $"{result.Output}\n{LogSince(logged)}".Trim() };
    }

    public Task<CommandResult> StopAsync(CancellationToken cancel) =>
        RunAsync("pg_ctl", ["stop", "-w", "-m", settings.Durable ? "fast" : "immediate", "-D", Name], cancel);

    private Task<CommandResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel) =>
        SystemCommand.RunAsync(folders.User.Command(Binaries[program], arguments), cancel, folders.Root);

    // Sorting and letter case must not depend on the machine; not every system has C.UTF-8, and before version 17 only the system has it.
    private IEnumerable<string[]> Locales() =>
        Binaries.Major >= 17
            ? [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]]
            : [["--locale=C.UTF-8"], ["--locale=C"]];

    private IEnumerable<string> ServerOptions() =>
    [
        "-p 5432", $"-k {folders.Socket}", "-c listen_addresses=''", "-c unix_socket_permissions=0700",
        "-c max_connections=200", "-c shared_buffers=128MB", "-c max_wal_size=2GB", "-c timezone=UTC", "-c log_timezone=UTC",
        "-c log_checkpoints=off", "-c log_min_messages=warning",
        .. settings.Durable ? [] : (string[])["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off", "-c autovacuum=off"],
    ];

    // After a reboot the number may be another program's; the server would wait for that one to end.
    private void RemoveForeignPidFile()
    {
        var file = Path.Combine(folders.Cluster, "postmaster.pid");
        if (File.Exists(file)
            && int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var id)
            && Array.Find(System.Diagnostics.Process.GetProcesses(), process => process.Id == id) is { } process
            && !process.ProcessName.StartsWith("postgres", StringComparison.Ordinal))
        {
            File.Delete(file);
        }
    }

    private long TrimLog()
    {
        var log = new FileInfo(folders.Log);
        if (log is { Exists: true, Length: > LogLimit })
        {
            log.Delete();
        }

        return log is { Exists: true, Length: <= LogLimit and var length } ? length : 0;
    }

    private string LogSince(long position)
    {
        if (!File.Exists(folders.Log))
        {
            return "";
        }

        using var reader = new StreamReader(new FileStream(folders.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        reader.BaseStream.Position = position;
        return reader.ReadToEnd().Trim();
    }

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
