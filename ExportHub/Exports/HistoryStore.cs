using Dapper;
using ExportHub.Database;

namespace ExportHub.Exports;

/// <summary>Reads the history. Each filter is a range of an index, so that a page costs the same however many exports there are.</summary>
internal sealed class HistoryStore(AppDatabase database)
{
    internal const string List = $"""
        {ExportColumns.Select}
        WHERE (@Dataset::text IS NULL OR dataset = @Dataset)
            AND (@Status::text IS NULL OR status = @Status)
            AND (@Person::text IS NULL OR requested_by = @Person)
            AND (@SeesAll OR requested_by = @Name)
            AND (@Before::uuid IS NULL OR id < @Before)
            AND (@Earliest::uuid IS NULL OR id >= @Earliest)
            AND (@Latest::uuid IS NULL OR id <= @Latest)
            AND (@From::timestamptz IS NULL OR requested_at >= @From)
            AND (@Until::timestamptz IS NULL OR requested_at < @Until)
            AND (@Start::text IS NULL
                OR dataset = ANY(@Datasets)
                OR lower(file_name) LIKE @Start
                OR id BETWEEN @First AND @Last)
        ORDER BY id DESC
        LIMIT @Limit
        """;

    /// <summary>The datasets of the history by name or latest title, each found by one step into an index instead of by a look at every export.</summary>
    private const string Called = """
        WITH RECURSIVE known AS (
            (SELECT dataset FROM exporthub.export ORDER BY dataset LIMIT 1)
            UNION ALL
            SELECT (SELECT later.dataset FROM exporthub.export AS later WHERE later.dataset > known.dataset ORDER BY later.dataset LIMIT 1)
            FROM known
            WHERE known.dataset IS NOT NULL
        )
        SELECT known.dataset
        FROM known
        CROSS JOIN LATERAL (
            SELECT definition ->> 'title' AS title FROM exporthub.export WHERE export.dataset = known.dataset ORDER BY id DESC LIMIT 1) AS latest
        WHERE known.dataset ILIKE @Part OR latest.title ILIKE @Part
        """;

    static HistoryStore() => ExportColumns.Register();

    /// <summary>Newest first, one more than a page so that the caller knows whether there are more.</summary>
    public async Task<IReadOnlyList<Export>> ListAsync(HistoryFilter filter, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var words = StorableText.Of(filter.Words);
        string[] datasets = words is null
            ? []
            : [.. await connection.QueryAsync<string>(new CommandDefinition(Called, new { Part = $"%{Literally(words)}%" }, cancellationToken: cancel))];
        return [.. await connection.QueryAsync<Export>(new CommandDefinition(List, Parameters(filter, words, datasets), cancellationToken: cancel))];
    }

    internal static object Parameters(HistoryFilter filter, string? words, string[] datasets)
    {
        var ids = words is null ? null : IdRange.StartingWith(words);
        return new
        {
            Dataset = StorableText.Of(filter.Dataset), Status = filter.Status?.ToString().ToLowerInvariant(), Person = StorableText.Of(filter.Person),
            filter.Viewer.SeesAll, filter.Viewer.Name, filter.Before, filter.From, filter.Until,
            Earliest = filter.From is { } from ? IdRange.Earliest(from) : (Guid?)null,
            Latest = filter.Until is { } until ? IdRange.Latest(until) : (Guid?)null,
            Start = words is null ? null : Literally(words.ToLowerInvariant()) + "%",
            Datasets = datasets, ids?.First, ids?.Last,
            Limit = filter.Size + 1,
        };
    }

    private static string Literally(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
