using System.Security.Cryptography;
using System.Text;
using Dapper;
using ExportHub.Database;

namespace ExportHub.Access;

/// <summary>What is counted, how often it may be wrong, and after how long that is forgotten.</summary>
internal sealed record GuessLimit(string Subject, int Tries, TimeSpan Window)
{
    public byte[] Key { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Subject));
}

/// <summary>Counts guesses at passwords in a table that all instances share. It does not know whether what is guessed at exists.</summary>
internal sealed class Guesses(AppDatabase database)
{
    /// <summary>Counts one try before it is made, so that many at the same time are no more than one after the other. False when one of the limits is reached.</summary>
    public async Task<bool> AdmitAsync(IReadOnlyCollection<GuessLimit> limits, CancellationToken cancel)
    {
        // In the order of the key, so that two never wait for each other.
        const string Sql = """
            INSERT INTO exporthub.sign_in_guess AS guess (subject, tries, forgotten_at)
            SELECT subject, 1, now() + span
            FROM unnest(@keys, @spans) AS asked (subject, span)
            ORDER BY subject
            ON CONFLICT (subject) DO UPDATE
            SET tries = CASE WHEN guess.forgotten_at < now() THEN 1 ELSE least(guess.tries + 1, 1000000) END,
                forgotten_at = CASE WHEN guess.forgotten_at < now() THEN excluded.forgotten_at ELSE guess.forgotten_at END
            RETURNING subject, tries
            """;
        var parameters = new { keys = limits.Select(limit => limit.Key).ToArray(), spans = limits.Select(limit => limit.Window).ToArray() };
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var counted = await connection.QueryAsync<(byte[] Subject, int Tries)>(new CommandDefinition(Sql, parameters, cancellationToken: cancel));
        return counted.All(count => count.Tries <= limits.First(limit => limit.Key.AsSpan().SequenceEqual(count.Subject)).Tries);
    }

    /// <summary>The try was right: it is taken back, and nothing is held against <paramref name="own"/> any more.</summary>
    public async Task ForgiveAsync(IReadOnlyCollection<GuessLimit> limits, GuessLimit own, CancellationToken cancel)
    {
        const string Sql = """
            WITH mine AS (
                SELECT subject
                FROM exporthub.sign_in_guess
                WHERE subject = ANY (@keys)
                ORDER BY subject
                FOR UPDATE
            )
            UPDATE exporthub.sign_in_guess AS guess
            SET tries = CASE WHEN guess.subject = @Key THEN 0 ELSE greatest(guess.tries - 1, 0) END
            FROM mine
            WHERE guess.subject = mine.subject;

            DELETE FROM exporthub.sign_in_guess
            WHERE subject IN (
                SELECT subject
                FROM exporthub.sign_in_guess
                WHERE forgotten_at < now()
                FOR UPDATE SKIP LOCKED);
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(Sql, new { keys = limits.Select(limit => limit.Key).ToArray(), own.Key }, cancellationToken: cancel));
    }
}
