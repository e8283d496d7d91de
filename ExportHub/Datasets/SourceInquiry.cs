using Dapper;
using ExportHub.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>What a source answered, or why it did not.</summary>
/// <param name="Fault">A sentence for administrators that begins with the member of the definition; null when it answered.</param>
/// <param name="Unreachable">Whether it did not answer at all.</param>
internal sealed record SourceAnswer<T>(T? Value, string? Fault = null, bool Unreachable = false)
    where T : class;

/// <summary>Asks a source something short, in a read-only transaction, for no longer than <see cref="DatasetsOptions.DescribeTimeout"/>.</summary>
internal sealed class SourceInquiry(ISourceDatabases sources, IOptions<DatasetsOptions> options, TimeProvider clock)
{
    public IReadOnlyList<string> Names => sources.Names;

    /// <summary>Never throws for a database that is silent or says no.</summary>
    /// <param name="member">The member of the definition that it is about, for the words of a refusal.</param>
    public async Task<SourceAnswer<T>> AskAsync<T>(
        string? source, string member, Func<NpgsqlConnection, CancellationToken, Task<T>> ask, CancellationToken cancel)
        where T : class
    {
        if (sources.Find(source) is not { } pool)
        {
            return new(null, $"`source`: {Unknown(source)} There are: {ListOf.NamesForAll(sources.Names)}.");
        }

        using var timeout = new CancellationTokenSource(options.Value.DescribeTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            return new(await AskAsync(pool, ask, either.Token));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return new(null, $"Its database did not answer within {options.Value.DescribeTimeout.TotalSeconds:0} seconds.", Unreachable: true);
        }
        catch (NpgsqlException outage) when (SourceOutage.Is(outage))
        {
            return new(null, $"Its database cannot be reached: {outage.Message}", Unreachable: true);
        }
        catch (PostgresException refused)
        {
            return new(null, $"`{member}`: PostgreSQL says: {refused.MessageText}.");
        }
    }

    private static async Task<T> AskAsync<T>(NpgsqlDataSource pool, Func<NpgsqlConnection, CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        await using var connection = await pool.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("SET TRANSACTION READ ONLY", cancellationToken: cancel));
        return await ask(connection, cancel);
    }

    /// <summary>Whoever writes the connection itself where its name is wanted must not see its password on every page.</summary>
    private static string Unknown(string? source) =>
        source?.Contains('=', StringComparison.Ordinal) == true ? "it has to be the name of a connection string." : $"there is no connection string `{source}`.";
}
