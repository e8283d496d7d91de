using ExportHub.Formats;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>
/// Hands over rows as their wire bytes: Npgsql gives the bytes of a cell of any type through GetBytes, without an object per cell.
/// </summary>
internal sealed class RowReader(
    SourceConnections connections, SourceLine line, NpgsqlTransaction transaction, NpgsqlCommand command, NpgsqlDataReader reader,
    RowCounting counting) : IRowReader
{
    // Room offered to a cell before its length is known; most cells need one call then.
    private const int FirstTry = 512;

    private bool ended;
    private long rows;

    public required IReadOnlyList<FileColumn> Columns { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The most rows that are handed over; null means all. The query reads one more, to tell whether there are more.</summary>
    public required long? Limit { get; init; }

    public string ServerVersion { get; } = line.Connection.PostgreSqlVersion.ToString();

    public SelectedRows? Selected { get; private set; }

    public RowTally Tally => counting.Tally;

    public IReadOnlyList<Remark> Remarks => Repair?.Made ?? [];

    /// <summary>Null where texts need none.</summary>
    public required TextRepair? Repair { private get; init; }

    public ValueTask<bool> ReadAsync(RawRow row, CancellationToken cancel)
    {
        var next = reader.ReadAsync(cancel);
        return next.IsCompletedSuccessfully ? new ValueTask<bool>(Take(next.Result, row)) : Later(next, row);
    }

    public async Task<SelectedRows> CountAsync(CancellationToken cancel)
    {
        await reader.DisposeAsync();
        var notCounted = await counting.EndAsync(line.Connection, cancel);
        return Selected = new(notCounted is null ? Tally.Selected.Rows : rows > Limit ? Math.Max(rows, Tally.Selected.Rows) : rows, notCounted);
    }

    public async ValueTask DisposeAsync()
    {
        var counted = counting.DisposeAsync().AsTask();
        if (!ended)
        {
            // Cancel speaks to the server on a connection of its own and waits for it, hence not on this thread.
            await Task.Run(command.Cancel, CancellationToken.None);
        }

        await reader.DisposeAsync();
        await command.DisposeAsync();
        await transaction.DisposeAsync();
        await line.DisposeAsync();
        await counted;
        connections.Leave();
    }

    private async ValueTask<bool> Later(Task<bool> next, RawRow row) => Take(await next, row);

    private bool Take(bool found, RawRow row)
    {
        row.Clear();
        rows += found ? 1 : 0;
        found &= !(rows > Limit);
        ended = !found;
        for (var i = 0; found && i < Columns.Count; i++)
        {
            TakeCell(i, row);
        }

        return found;
    }

    private void TakeCell(int column, RawRow row)
    {
        if (reader.IsDBNull(column))
        {
            row.AppendNull();
            return;
        }

        var free = row.Free(FirstTry);
        var length = (int)reader.GetBytes(column, 0, free.Array, free.Offset, free.Count);
        if (length == free.Count)
        {
            // Full to the brim: there may be more.
            length = (int)reader.GetBytes(column, 0, null, 0, 0);
            free = row.Free(length);
            length = (int)reader.GetBytes(column, 0, free.Array, free.Offset, length);
        }

        if (Repair?.Of(column, free.AsSpan(0, length)) is { } repaired)
        {
            row.Append(repaired);
            return;
        }

        row.Commit(length);
    }
}
