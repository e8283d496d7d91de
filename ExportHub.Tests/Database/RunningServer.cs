using System.Diagnostics;
using System.Globalization;
using ExportHub.Database.Embedded;
using Npgsql;

namespace ExportHub.Tests.Database;

/// <summary>Looks at, and does harm to, a server of a test.</summary>
internal static class RunningServer
{
    public static int ProcessId(EmbeddedFolders folders) =>
        int.Parse(File.ReadLines(PidFile(folders)).First(), CultureInfo.InvariantCulture);

    public static bool IsUp(EmbeddedFolders folders) => File.Exists(PidFile(folders));

    public static string PidFile(EmbeddedFolders folders) => Path.Combine(folders.Cluster, "postmaster.pid");

    /// <summary>SIGKILL, as a crash or an impatient administrator would.</summary>
    public static async Task KillAsync(EmbeddedFolders folders)
    {
        using var process = Process.GetProcessById(ProcessId(folders));
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    public static async Task<T> AskAsync<T>(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
