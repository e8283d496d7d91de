using Npgsql;

namespace ExportHub.Benchmarks.Peers;

/// <summary>A row as most programs read it: by the typed getters.</summary>
internal readonly record struct Order(
    long Id, DateTime OrderedAt, string Customer, string Email, decimal Amount, int Quantity, bool IsGift, string Status, DateOnly DueOn,
    Guid Reference, string Country, string? Note)
{
    public static IReadOnlyList<string> Columns { get; } = OrderTables.Columns.Split(", ");

    /// <summary>Hands each row of the table over, and returns how many there were.</summary>
    public static async Task ReadAsync(Stage stage, OrderTable table, Action<Order> take)
    {
        await using var command = stage.Pool.CreateCommand($"SELECT {OrderTables.Columns} FROM {table.Relation}");
        await using var reader = await command.ExecuteReaderAsync(stage.Stopping);
        var rows = 0;
        for (; await reader.ReadAsync(stage.Stopping); rows++)
        {
            take(Of(reader));
        }

        if (rows != table.Rows)
        {
            throw new InvalidOperationException($"{table.Relation} gave {rows} rows.");
        }
    }

    private static Order Of(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetDateTime(1), row.GetString(2), row.GetString(3), row.GetDecimal(4), row.GetInt32(5), row.GetBoolean(6), row.GetString(7),
        row.GetFieldValue<DateOnly>(8), row.GetGuid(9), row.GetString(10), row.IsDBNull(11) ? null : row.GetString(11));
}
