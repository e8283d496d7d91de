namespace ExportHub.Benchmarks;

/// <summary>A relation of the benchmarks and the dataset of the same name.</summary>
internal sealed record OrderTable(string Name, int Rows)
{
    public string Relation => $"bench.{Name}";
}

/// <summary>
/// The table of issue 3 in several sizes: 12 columns, about 184 bytes a row as CSV, the same rows at every run. The sizes whose paces are
/// compared with each other come from the same kind of source: <see cref="Once"/> and <see cref="Tenfold"/> append scans of <see cref="Half"/>.
/// </summary>
internal sealed class OrderTables(int rows)
{
    public const string Columns = "id, ordered_at, customer, email, amount, quantity, is_gift, status, due_on, reference, country, note";

    public OrderTable Orders { get; } = new("orders", rows);

    public OrderTable Half { get; } = new("orders_half", rows / 2);

    public OrderTable Eighth { get; } = new("orders_eighth", rows / 8);

    public OrderTable Thousand { get; } = new("orders_thousand", 1_000);

    public OrderTable Once { get; } = new("orders_once", rows / 2 * 2);

    public OrderTable Tenfold { get; } = new("orders_tenfold", rows / 2 * 20);

    public IEnumerable<OrderTable> All => [Orders, Half, Eighth, Thousand, Once, Tenfold];

    /// <summary>To be run one by one.</summary>
    public IEnumerable<string> Statements =>
    [
        "CREATE SCHEMA bench",
        CreateOrders,
        .. new[] { Half, Eighth, Thousand }.Select(part =>
            $"CREATE UNLOGGED TABLE {part.Relation} AS SELECT * FROM {Orders.Relation} WHERE id <= {part.Rows}"),
        .. new[] { Once, Tenfold }.Select(view =>
            $"CREATE VIEW {view.Relation} AS {string.Join(" UNION ALL ", Enumerable.Repeat($"SELECT * FROM {Half.Relation}", view.Rows / Half.Rows))}"),
        "VACUUM ANALYZE",
        "CHECKPOINT",
    ];

    private string CreateOrders =>
        $"""
        CREATE UNLOGGED TABLE {Orders.Relation} AS
        SELECT
            n AS id,
            timestamptz '2022-01-01 00:00:00+00' + n * interval '47.123457 seconds' AS ordered_at,
            (ARRAY['Acme Trading Ltd', 'Müller, Söhne & Co', 'The "Best" Shop', '東京商事株式会社', 'Книжный дом', 'O''Neil & Sons',
                'Contoso Retail', 'Hansen, Olsen'])[n % 8 + 1] || ' ' || n % 9973 AS customer,
            'customer' || n % 99991 || '@example.com' AS email,
            ((n * 7919) % 10000000 / 100.0)::numeric(12, 2) AS amount,
            (n % 23)::integer AS quantity,
            n % 7 = 0 AS is_gift,
            (ARRAY['new', 'paid', 'shipped', 'returned', 'canceled'])[n % 5 + 1] AS status,
            date '2022-01-01' + (n % 1500)::integer AS due_on,
            md5(n::text)::uuid AS reference,
            (ARRAY['DE', 'FR', 'JP', 'US', 'GB', 'BR', 'IN'])[n % 7 + 1] AS country,
            CASE
                WHEN n % 10 < 4 THEN NULL
                WHEN n % 10 = 4 THEN E'ring twice,\nthen leave it at the back door'
                WHEN n % 10 = 5 THEN 'said "call me first" & <b>hung up</b>'
                ELSE 'deliver to the back door on a weekday'
            END AS note
        FROM generate_series(1::bigint, {Orders.Rows}) AS n
        """;
}
