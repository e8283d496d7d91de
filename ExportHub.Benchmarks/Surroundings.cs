using System.Runtime.InteropServices;
using ExportHub.Jobs;

namespace ExportHub.Benchmarks;

/// <summary>What a reader must know to judge the figures.</summary>
internal static class Surroundings
{
    public static async Task<string> DescribeAsync(Stage stage)
    {
        var disk = new DriveInfo(stage.Files).DriveFormat;
        return $"""
            {stage.Options.Rows:N0} rows, {stage.Options.Rounds} rounds after the warm-up, contestants in turn. {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.
            PostgreSQL {await AskAsync("server_version")} of its own by Unix socket, shared_buffers {await AskAsync("shared_buffers")}, fsync {await AskAsync("fsync")}; files on {disk}.
            ExportHub as published, engine {JobsOptions.Compiled[0]}; an export takes from before the POST to finishedAt of its status document, which includes the fsync of its file.

            """;

        async Task<string> AskAsync(string setting)
        {
            await using var command = stage.Pool.CreateCommand($"SHOW {setting}");
            return (string)(await command.ExecuteScalarAsync(stage.Stopping))!;
        }
    }
}
