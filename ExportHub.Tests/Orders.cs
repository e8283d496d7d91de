namespace ExportHub.Tests;

/// <summary>A small dataset with the types that matter for tests of the whole way.</summary>
internal static class Orders
{
    public static async Task CreateAsync(TestApp app, int rows = 1000)
    {
        await app.Database.ExecuteAsync($"""
            CREATE TYPE order_status AS ENUM ('new', 'paid', 'shipped');
            CREATE TABLE orders
            (
                id         bigint PRIMARY KEY,
                ordered_at timestamptz NOT NULL,
                customer   text NOT NULL,
                amount     numeric(12, 2) NOT NULL,
                status     order_status NOT NULL,
                due_on     date,
                note       text
            );
            INSERT INTO orders
            SELECT n, timestamptz '2026-01-01 00:00+00' + n * interval '1 hour', 'Customer ' || n % 50 || ', Zoë "Z" 漢字', n * 1.25,
                (enum_range(NULL::order_status))[1 + n % 3], date '2026-01-01' + n % 90,
                CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN E'two\nlines, "quoted"' ELSE '=1+1' END
            FROM generate_series(1, {rows}) AS n;
            ANALYZE orders;
            """);
        await app.WriteDatasetAsync("orders", """
            {
              // comments are allowed
              "title": "Orders", "from": "public.orders", "dateColumn": "ordered_at",
              "rights": { "export": ["*"], "raw": ["*"] },
              "columns": { "ordered_at": { "title": "Ordered at" } }
            }
            """);
    }
}
