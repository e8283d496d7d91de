using System.Diagnostics;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ExportHub.Tests.Exports;

/// <summary>What a preview expects against the file that the real export writes, over a set of criteria that is the same each time.</summary>
public sealed class PreflightEstimateTests(PreflightEstimateTests.Site site, ITestOutputHelper output) : IClassFixture<PreflightEstimateTests.Site>
{
    private const int Requests = 80;
    private const double Promised = 0.9;

    private static readonly Viewer Admin = new(FirstAdministrator.Name, SeesAll: true);

    [Fact]
    public async Task Nine_of_ten_estimates_are_within_a_factor_of_two_and_those_that_are_called_sure_too()
    {
        var random = new Random(20261122);
        var outcomes = new List<Outcome>();
        for (var n = 0; n < Requests; n++)
        {
            outcomes.Add(await CompareAsync(AnyRequest(random)));
        }

        foreach (var bad in outcomes.Where(outcome => !outcome.IsGood))
        {
            output.WriteLine($"{bad}");
        }

        var sure = outcomes.Where(outcome => outcome.Sure).ToList();
        output.WriteLine($"Rows and bytes within a factor of 2: {Share(outcomes):P1} of {outcomes.Count}; of the {sure.Count} called sure: {Share(sure):P1}.");
        var large = outcomes.Where(outcome => outcome.Rows > PreflightSample.Most).ToList();
        output.WriteLine($"Of the {large.Count} with more rows than are looked at: {Share(large):P1}; their bytes are off by {string.Join(" ", large.Select(o => $"{o.BytesFactor:0.00}").Order())}.");
        output.WriteLine($"Seconds within a factor of 2, for files of more than 1 MB: {outcomes.Where(o => o.Bytes > 1_000_000).Average(outcome => outcome.SecondsAreGood ? 1.0 : 0):P1}.");
        var times = outcomes.Select(outcome => outcome.Took.TotalMilliseconds).Order().ToList();
        output.WriteLine($"Time of a preview: median {times[Requests / 2]:0} ms, 95 % {times[Requests * 95 / 100]:0} ms.");
        Assert.InRange(Share(outcomes), Promised, 1);
        Assert.InRange(Share(sure), Promised, 1);
        Assert.InRange(large.Count, Requests / 3, Requests);
        Assert.InRange(sure.Count, Requests * 3 / 4, Requests);
    }

    private static double Share(IReadOnlyCollection<Outcome> outcomes) => outcomes.Average(outcome => outcome.IsGood ? 1.0 : 0);

    private async Task<Outcome> CompareAsync(ExportRequest request)
    {
        var watch = Stopwatch.StartNew();
        var (preview, refusal) = await site.App.Services.GetRequiredService<PreflightExport>().LookAsync(request, Admin, CancellationToken.None);
        var took = watch.Elapsed;
        Assert.True(refusal is null, JsonSerializer.Serialize(refusal as RequestOutcome.Rejected));
        watch.Restart();
        var file = await WriteAsync(request);
        return new Outcome(
            JsonSerializer.Serialize(request), request.Options?.Compression is { } packed ? $"{request.Format} {packed}" : request.Format!,
            preview!.Expected, file.Rows, file.Bytes, watch.Elapsed.TotalSeconds, took);
    }

    /// <summary>By the very code that writes the file of an attempt.</summary>
    private async Task<PublishedFile> WriteAsync(ExportRequest request)
    {
        var (settled, _) = await site.App.Services.GetRequiredService<RequestCheck>().SettleAsync(request, Admin, CancellationToken.None);
        var export = new Export
        {
            Id = Guid.NewGuid(), Status = ExportStatus.Running, Dataset = settled!.Dataset.Definition, Criteria = settled.Criteria, Format = request.Format!,
            Options = request.Options ?? new(), RequestedBy = Admin.Name, AsAdministrator = true, RequestedAt = DateTimeOffset.UnixEpoch,
        };
        return await site.App.Services.GetRequiredService<ExportFile>().WriteAsync(export, new AttemptId(export.Id, 1), new Progress(), CancellationToken.None);
    }

    private static ExportRequest AnyRequest(Random random)
    {
        var shape = Shapes[random.Next(Shapes.Length)];
        string[] columns = [.. shape.Columns.Where(_ => random.NextDouble() < 0.7)];
        FilterRequest[] filters = [.. shape.Filters.OrderBy(_ => random.Next()).Take(random.Next(3)).Select(filter => new FilterRequest(filter.Column, filter.Op, JsonSerializer.SerializeToElement(filter.Value)))];
        var sorted = random.Next(3) == 0;
        var format = new[] { "csv", "csv", "xlsx", "json", "jsonl" }[random.Next(5)];
        return new ExportRequest
        {
            Dataset = shape.Dataset, Format = format, Columns = columns.Length == 0 ? shape.Columns : columns, Filters = filters,
            DateRange = shape.Dataset == "sales" && random.Next(3) == 0 ? new DateRangeRequest("sold_at", $"2025-{random.Next(1, 12):00}-01", null) : null,
            Sort = sorted ? [new SortRequest(shape.Columns[random.Next(2)], random.Next(2) == 0)] : null,
            Limit = random.Next(3) == 0 ? random.Next(1, 20_000) : null,
            Options = new FormatOptions
            {
                Profile = format == "csv" && random.Next(2) == 0 ? "excel" : null,
                Compression = new[] { null, null, "gzip", "zip" }[random.Next(format == "xlsx" ? 2 : 4)],
            },
        };
    }

    private static readonly Shape[] Shapes =
    [
        new("sales", ["id", "sold_at", "city", "country", "customer", "amount", "note", "details"],
        [
            ("city", "eq", "Kiel"), ("country", "eq", "DE"), ("country", "in", new[] { "DE", "FR" }), ("customer", "contains", "7"), ("customer", "startsWith", "Customer 1"),
            ("amount", "gt", 90), ("amount", "between", new[] { 10, 11 }), ("note", "isNotNull", null), ("id", "gt", 25_000), ("id", "lte", 700), ("city", "ne", "Kiel"), ("note", "contains", "zzz"),
        ]),
        new("nasty", ["id", "kind", "body", "tags", "raw", "price"],
        [
            ("kind", "eq", "rare"), ("kind", "ne", "rare"), ("id", "gt", 4_000), ("price", "isNull", null), ("body", "endsWith", "x"), ("id", "in", Enumerable.Range(1, 900).Select(n => n * 5).ToArray()),
        ]),
        new("joined", ["id", "city", "sales", "best"],
        [
            ("city", "in", new[] { "Kiel", "Lyon" }), ("sales", "gt", 2), ("best", "lt", 50),
        ]),
    ];

    private sealed record Shape(string Dataset, string[] Columns, (string Column, string Op, object? Value)[] Filters);

    private sealed record Outcome(string Request, string Format, PreflightSize Expected, long Rows, long Bytes, double RealSeconds, TimeSpan Took)
    {
        public bool Sure => Expected.Sure;

        public bool IsGood => Within(Expected.Rows, Rows) && Within(Expected.Bytes, Bytes);

        public bool SecondsAreGood => Expected.Seconds is { } seconds && Factor(seconds, RealSeconds) <= 2;

        public double BytesFactor => (double)(Expected.Bytes ?? 0) / Bytes;

        private static bool Within(long? expected, long real) => expected == real || (expected is { } told && Factor(told, real) <= 2);

        private static double Factor(double a, double b) => Math.Max(a, b) / Math.Max(Math.Min(a, b), 1e-9);
    }

    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public async Task InitializeAsync()
        {
            await App.InitializeAsync();
            await App.Database.ExecuteAsync("""
                CREATE TABLE sales (id bigint PRIMARY KEY, sold_at timestamptz NOT NULL, city text NOT NULL, country text NOT NULL, customer text NOT NULL, amount numeric(12, 2) NOT NULL, note text, details jsonb NOT NULL);
                -- A city has one country, the days come in order, and only the newest rows have notes, which are long.
                INSERT INTO sales
                SELECT n, timestamptz '2025-01-01 00:00+00' + n * interval '15 minutes', (ARRAY['Kiel', 'Lyon', 'Berlin', 'Nice', 'Porto'])[1 + c], (ARRAY['DE', 'FR', 'DE', 'FR', 'PT'])[1 + c],
                    'Customer ' || (n * n) % 997, (n * 7919 % 10007) / 100.0, CASE WHEN n > 24000 THEN repeat(md5(n::text), 3) END, jsonb_build_object('lines', n % 9, 'code', md5(n::text))
                FROM (SELECT n, (n % 17 % 5)::int AS c FROM generate_series(1, 30000) AS n) AS made;
                CREATE TABLE nasty (id int PRIMARY KEY, kind text NOT NULL, body text, tags text[] NOT NULL, raw bytea, price double precision);
                INSERT INTO nasty
                SELECT n, CASE WHEN n % 100 = 3 THEN 'rare' ELSE 'usual' END, CASE WHEN n % 100 = 3 THEN repeat('long ', 4000) ELSE left(md5(n::text), n % 20) || CASE n % 3 WHEN 0 THEN 'x' ELSE '' END END,
                    ARRAY(SELECT 'tag' || t FROM generate_series(1, n % 6) AS t), decode(md5(n::text), 'hex'), CASE WHEN n % 4 > 0 THEN sqrt(n) END
                FROM generate_series(1, 6000) AS n;
                ANALYZE sales, nasty
                """);
            await App.WriteDatasetAsync("sales", """{ "from": "public.sales", "dateColumn": "sold_at", "rights": { "export": ["*"] } }""");
            await App.WriteDatasetAsync("nasty", """{ "from": "public.nasty", "rights": { "export": ["*"] } }""");
            await App.WriteDatasetAsync("joined", """
                { "query": "SELECT min(id) AS id, city, count(*) AS sales, max(amount) AS best FROM sales GROUP BY city, customer", "key": ["id"], "rights": { "export": ["*"] } }
                """);
            // What is measured is what can be told, not how busy the machine is.
            App.With("Exports:PreviewTime", "00:00:10");
        }

        public Task DisposeAsync() => App.DisposeAsync();
    }
}
