using System.Net.Sockets;
using Npgsql;

namespace ExportHub.Database;

/// <summary>Waits for a database that starts at the same time as the app.</summary>
internal sealed partial class DatabaseWait(TimeProvider clock, ILogger<DatabaseWait> log)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <exception cref="InvalidOperationException">It refuses us (waiting would not help), or does not answer within the limit.</exception>
    public async Task UntilUpAsync(NpgsqlDataSource pool, TimeSpan limit, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            if (await ProblemAsync(pool, cancel) is not { } problem)
            {
                return;
            }

            var where = Where(pool);
            if (problem is PostgresException && !IsPassing(problem))
            {
                throw new InvalidOperationException($"The database {where} refuses ConnectionStrings:ExportHub: {problem.Message}", problem);
            }

            if (clock.GetElapsedTime(started) + delay > limit)
            {
                throw new InvalidOperationException(
                    $"The database {where} (ConnectionStrings:ExportHub) does not answer within {limit} (Database:StartTimeout): {problem.Message}", problem);
            }

            LogWaiting(log, where, problem.Message, delay.TotalSeconds);
            await Task.Delay(delay, clock, cancel);
        }
    }

    private static async Task<Exception?> ProblemAsync(NpgsqlDataSource pool, CancellationToken cancel)
    {
        try
        {
            await using var connection = await pool.OpenConnectionAsync(cancel);
            return null;
        }
        catch (Exception problem) when (problem is NpgsqlException or SocketException or TimeoutException)
        {
            return problem;
        }
    }

    private static bool IsPassing(Exception problem) =>
        problem is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections };

    private static string Where(NpgsqlDataSource pool)
    {
        var connection = new NpgsqlConnectionStringBuilder(pool.ConnectionString);
        return $"{connection.Database} at {connection.Host}";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database {Where} does not answer yet ({Problem}); next try in {Seconds:0.##} s")]
    private static partial void LogWaiting(ILogger log, string where, string problem, double seconds);
}
