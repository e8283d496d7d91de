using System.Collections.Concurrent;
using Dapper;
using ExportHub.Database;
using Npgsql;

namespace ExportHub.Access;

/// <summary>
/// What each request asks of the accounts: whose token it is, whether its session is open. An answer is kept until something changes there, which triggers tell
/// all instances by NOTIFY. It is kept only while that line is proved to be alive: the instance tells itself something every few seconds, and where it does not
/// hear it, as behind a pooler that shares connections, everything is asked each time. Thread-safe.
/// </summary>
internal sealed partial class AccessMemory(AppDatabase database, TimeProvider time, ILogger<AccessMemory> logger) : BackgroundService
{
    private const string Channel = "exporthub_access";
    private const int MostAnswers = 100_000;

    // A line that was cut without a word is noticed after both.
    private static readonly TimeSpan ProofEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ProofWithin = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Everything since the last change; null while no change would be heard.</summary>
    private ConcurrentDictionary<object, Answer>? answers;

    private sealed record Answer(object Value, long At);

    /// <summary>What was answered within <paramref name="lifetime"/>, else the answer of <paramref name="ask"/>. Null is never kept.</summary>
    public async Task<T?> AskAsync<T>(object key, TimeSpan lifetime, Func<Task<T?>> ask)
        where T : class
    {
        // Asked before a change and answered after it, it goes where nobody looks any more.
        var known = Volatile.Read(ref answers);
        if (known is not null && known.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.At) < lifetime)
        {
            return (T)kept.Value;
        }

        var at = time.GetTimestamp();
        var answer = await ask();
        if (answer is not null && known is { Count: < MostAnswers })
        {
            known[key] = new Answer(answer, at);
        }

        return answer;
    }

    /// <summary>Call it after a change that this instance makes itself: its next request must not be faster than the news of it.</summary>
    public void Forget()
    {
        if (Volatile.Read(ref answers) is { } known)
        {
            Interlocked.CompareExchange(ref answers, [], known);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or InvalidOperationException && !stoppingToken.IsCancellationRequested)
            {
                LogDeaf(logger, fault.Message);
            }
            finally
            {
                Volatile.Write(ref answers, null);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        var proof = Guid.NewGuid().ToString("N");
        var heard = false;
        await using var line = await database.Pool.OpenConnectionAsync(cancel);
        line.Notification += (_, news) =>
        {
            heard |= news.Payload == proof;
            if (news.Payload.Length == 0)
            {
                Forget();
            }
        };
        await line.ExecuteAsync(new CommandDefinition($"LISTEN {Channel}", cancellationToken: cancel));
        while (true)
        {
            heard = false;
            await TellAsync(proof, cancel);
            await HearAsync(line, ProofWithin, () => heard, cancel);
            if (!heard)
            {
                throw new TimeoutException("It did not hear what it told itself.");
            }

            Interlocked.CompareExchange(ref answers, [], null);
            await HearAsync(line, ProofEvery, () => false, cancel);
        }
    }

    private async Task TellAsync(string proof, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("SELECT pg_notify(@Channel, @proof)", new { Channel, proof }, cancellationToken: cancel));
    }

    private async Task HearAsync(NpgsqlConnection line, TimeSpan within, Func<bool> isEnough, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (!isEnough() && within - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            await line.WaitAsync((int)Math.Ceiling(left.TotalMilliseconds), cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Changes of accounts are not heard, so each request asks for them: {Reason}")]
    private static partial void LogDeaf(ILogger logger, string reason);
}
