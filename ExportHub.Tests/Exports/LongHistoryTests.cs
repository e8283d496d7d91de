using System.Diagnostics;
using System.Text.Json;
using Dapper;
using ExportHub.Access;
using ExportHub.Exports;
using Xunit.Abstractions;

namespace ExportHub.Tests.Exports;

/// <summary>A history of 100,000 exports is as quick as one of a hundred.</summary>
public sealed class LongHistoryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Exports = 100_000;

    /// <summary>Of 8 KB. All exports are some ten times as many.</summary>
    private const int MostBlocks = 700;

    /// <summary>The aim is 100 ms; a busy machine is five times slower.</summary>
    private static readonly TimeSpan LongestRender = TimeSpan.FromMilliseconds(500);

    private static readonly DateTimeOffset Newest = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Viewer Admin = new(FirstAdministrator.Name, SeesAll: true);

    private readonly TestApp app = new();

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        // One every five minutes by 200 people; every tenth of a small dataset, one in a thousand canceled.
        await app.Database.ExecuteAsync($$$"""
            ALTER TABLE exporthub.export DISABLE TRIGGER noted;
            INSERT INTO exporthub.export
                (id, requested_by, dataset, definition, criteria, format, options, request_hash, attempt, attempts_left, max_attempts, status,
                 requested_at, started_at, finished_at, rows, bytes, total_rows, selected_rows, file_name, content_type, sha256, expires_at, data_as_of)
            SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
                'person-' || n % 200, dataset, jsonb_build_object('name', dataset, 'title', initcap(dataset) || ' of the shop', 'from', 'public.' || dataset),
                '{"columns": ["id", "customer", "amount"], "timeZone": "UTC", "filters": [{"column": "status", "op": "eq", "values": ["paid"]}]}',
                'csv', '{}', md5(n::text), 1, 3, 4, CASE WHEN n % 1000 = 0 THEN 'canceled' ELSE 'expired' END,
                at, at, at + interval '7 seconds', n, n * 50, n, n, dataset || '_' || to_char(at, 'YYYY-MM-DD"T"HH24MI') || '.csv', 'text/csv', md5(n::text) || md5(n::text),
                at + interval '7 days', at
            FROM generate_series(1, {{{Exports}}}) AS n
            CROSS JOIN LATERAL (SELECT timestamptz '{{{Newest:O}}}' - n * interval '5 minutes' AS at, CASE WHEN n % 10 = 0 THEN 'returns' ELSE 'orders' END AS dataset) AS made;
            ALTER TABLE exporthub.export ENABLE TRIGGER noted;
            ANALYZE exporthub.export;
            """);
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task No_filter_looks_at_more_than_a_small_part_of_the_exports()
    {
        var nobody = new Viewer("nobody", SeesAll: false);
        var person = new Viewer("person-7", SeesAll: false);
        var day = new DateTimeOffset(2025, 9, 1, 0, 0, 0, TimeSpan.Zero);
        (string Name, HistoryFilter Filter)[] asked =
        [
            ("all", new(Admin)),
            ("an old page", new(Admin, Before: IdRange.Earliest(day))),
            ("own", new(person)),
            ("own of nobody", new(nobody)),
            ("dataset", new(Admin, "returns")),
            ("no dataset", new(Admin, "nothing")),
            ("rare status", new(Admin, Status: ExportStatus.Canceled)),
            ("status that nothing has", new(Admin, Status: ExportStatus.Failed)),
            ("own of a status that nothing has", new(person, Status: ExportStatus.Failed)),
            ("dataset and rare status", new(Admin, "returns", ExportStatus.Canceled)),
            ("person", new(Admin) { Person = "person-9" }),
            ("person and dataset", new(Admin, "returns") { Person = "person-10" }),
            ("person without such a dataset", new(Admin, "returns") { Person = "person-9" }),
            ("an old day", new(Admin) { From = day, Until = day.AddDays(1) }),
            ("an old day of a person", new(Admin) { From = day, Until = day.AddDays(1), Person = "person-9" }),
            ("before there were any", new(Admin) { Until = day.AddYears(-2) }),
            ("search for a dataset", new(Admin) { Words = "eturns of the" }),
            ("search for a file", new(Admin) { Words = "Returns_2025-09-01T" }),
            ("search for an ID", new(Admin) { Words = IdRange.Earliest(day).ToString()[..9] }),
            ("search for nothing there is", new(Admin) { Words = "nothing_like%this" }),
            ("own search for nothing there is", new(person) { Words = "nothing_like%this" }),
        ];
        var figures = new List<(string Name, long Blocks)>();
        foreach (var (name, filter) in asked)
        {
            figures.Add((name, await BlocksAsync(filter)));
        }

        foreach (var (name, blocks) in figures)
        {
            output.WriteLine($"{blocks,6} blocks: {name}");
        }

        Assert.True(await app.Database.CountAsync("SELECT pg_relation_size('exporthub.export') / 8192") > 8 * MostBlocks);
        Assert.DoesNotContain(figures, figure => figure.Blocks > MostBlocks);
    }

    [Fact]
    public async Task A_page_of_it_is_drawn_in_a_moment()
    {
        string[] addresses = ["/exports", "/exports?status=canceled", "/exports?q=returns", "/exports?person=person-9&from=2025-09-01&to=2025-09-30"];
        foreach (var address in addresses)
        {
            var times = new List<TimeSpan>();
            for (var n = 0; n < 11; n++)
            {
                var start = Stopwatch.GetTimestamp();
                var page = await app.Client.GetStringAsync(address);
                times.Add(Stopwatch.GetElapsedTime(start));
                Assert.Contains("person-", page, StringComparison.Ordinal);
            }

            var median = times.Order().ElementAt(times.Count / 2);
            output.WriteLine($"{median.TotalMilliseconds:0.0} ms in the median of {times.Count}, the first {times[0].TotalMilliseconds:0.0} ms: {address}");
            Assert.True(median < LongestRender, $"{address} took {median}.");
        }
    }

    /// <summary>What PostgreSQL had to look at for one page, from its own account.</summary>
    private async Task<long> BlocksAsync(HistoryFilter filter)
    {
        var words = filter.Words;
        string[] datasets = words is not null && "returns of the shop".Contains(words, StringComparison.OrdinalIgnoreCase) ? ["returns"] : [];
        await using var connection = await app.Database.Pool.OpenConnectionAsync();
        var plan = await connection.ExecuteScalarAsync<string>(
            new CommandDefinition($"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {HistoryStore.List}", HistoryStore.Parameters(filter, words, datasets)));
        var top = JsonDocument.Parse(plan!).RootElement[0].GetProperty("Plan");
        return top.GetProperty("Shared Hit Blocks").GetInt64() + top.GetProperty("Shared Read Blocks").GetInt64();
    }
}
