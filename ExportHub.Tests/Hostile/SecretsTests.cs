using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Tests.Access;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExportHub.Tests.Hostile;

/// <summary>A source that fails, in each way it can, with everything logged that can be: no secret is in any place that somebody reads.</summary>
public sealed class SecretsTests(SecretsTests.Site site) : IClassFixture<SecretsTests.Site>
{
    private const string Secret = "hunter2-the-secret";

    public static TheoryData<string> Places =>
    [
        "/", "/api/datasets", "/api/datasets/lost", "/api/datasets/refused", "/api/datasets/nowhere", "/request/lost", "/request/refused", "/api/exports", "/exports", "/api/exports/{id}", "/exports/{id}",
        "/api/operations", "/admin/operations", "/api/audit", "/admin/audit", "/admin/users", "/health/ready", "/health/live", "/openapi/v1.json", "/account",
        "/hangfire", "/hangfire/jobs/enqueued", "/hangfire/jobs/succeeded", "/hangfire/jobs/failed", "/hangfire/servers", "/hangfire/recurring", "/hangfire/retries",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task No_page_and_no_document_has_one(string address)
    {
        foreach (var client in new[] { site.Admin, site.InPerson })
        {
            using var answer = await client.GetAsync(new Uri(address.Replace("{id}", $"{site.Export}", StringComparison.Ordinal), UriKind.Relative));

            Site.AssertNone(await answer.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("refused")]
    public async Task A_request_that_cannot_be_taken_says_why_without_one(string dataset)
    {
        using var answer = await site.Admin.PostAsJsonAsync("/api/exports", new { dataset, format = "csv" });

        Assert.False(answer.IsSuccessStatusCode);
        Site.AssertNone(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_export_whose_source_fails_says_why_without_one()
    {
        var document = await site.Access.App.StatusAsync(site.Export);

        Assert.StartsWith("source_", document.GetProperty("error").GetProperty("code").GetString(), StringComparison.Ordinal);
        Site.AssertNone(document.ToString());
    }

    [Fact]
    public async Task No_row_of_ours_or_of_the_engine_has_one()
    {
        foreach (var schema in new[] { "exporthub", "hangfire", "quartz" })
        {
            await foreach (var row in RowsAsync(schema))
            {
                Site.AssertNone(row);
            }
        }
    }

    [Fact]
    public async Task No_line_of_the_log_has_one_however_much_is_logged()
    {
        await site.Admin.GetAsync(new Uri("/api/datasets", UriKind.Relative));

        Assert.NotEmpty(site.Log.All);
        Assert.All(site.Log.All, Site.AssertNone);
    }

    private async IAsyncEnumerable<string> RowsAsync(string schema)
    {
        var tables = new List<string>();
        await using (var names = site.Access.App.Database.Pool.CreateCommand($"SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = '{schema}'"))
        await using (var reader = await names.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            await using var rows = site.Access.App.Database.Pool.CreateCommand($"SELECT to_jsonb(one)::text FROM {schema}.{table} AS one");
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                yield return reader.GetString(0);
            }
        }
    }

    public sealed class Site : IAsyncLifetime
    {
        private readonly string role = $"reader_{Guid.NewGuid():N}";

        internal AccessApp Access { get; } = new();

        internal HeardLog Log { get; } = new();

        internal HttpClient Admin { get; private set; } = null!;

        internal HttpClient InPerson { get; private set; } = null!;

        internal Guid Export { get; private set; }

        public async Task InitializeAsync()
        {
            Log.Hear(Access.App, "Trace");
            await Access.App.InitializeAsync();
            var source = new NpgsqlConnectionStringBuilder(Access.App.Database.ConnectionString) { Password = Secret, Timeout = 5 };
            await Access.App.Database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{Secret}'; GRANT SELECT ON orders TO {role}");
            Access.App.With("ConnectionStrings:Good", new NpgsqlConnectionStringBuilder(source.ConnectionString) { Username = role }.ConnectionString)
                .With("ConnectionStrings:Refused", new NpgsqlConnectionStringBuilder(source.ConnectionString) { Username = "nobody_has_this_name" }.ConnectionString)
                .With("ConnectionStrings:Lost", new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = 1, Username = "reader", Database = "sales", Password = Secret, Timeout = 5 }.ConnectionString);
            foreach (var (name, connection) in new[] { ("good", "Good"), ("refused", "Refused"), ("lost", "Lost"), ("nowhere", $"Host=x;Password={Secret}") })
            {
                await Access.App.WriteDatasetAsync(name, $$"""{ "from": "public.orders", "source": "{{connection}}", "rights": { "export": ["*"] } }""");
            }

            (Admin, InPerson) = (Access.App.Client, await Access.SignedInAsync(FirstAdministrator.Name));
            Export = await FailedAsync();
        }

        public async Task DisposeAsync()
        {
            await Access.App.StopAsync();
            await Access.App.Database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
            await Access.DisposeAsync();
            Log.Dispose();
        }

        internal static void AssertNone(string text)
        {
            foreach (var secret in new[] { Secret, TestApp.AdminToken, TestApp.AdminPassword })
            {
                Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
            }
        }

        /// <summary>Accepted while its source let ExportHub in, and run when it no longer does.</summary>
        private async Task<Guid> FailedAsync()
        {
            var mode = Access.App.Services.GetRequiredService<ServiceModeStore>();
            await mode.DrainAsync(true, new AdminAct("test"), default);
            var id = await Access.App.PostAsync(new { dataset = "good", format = "csv" });
            await Access.App.Database.ExecuteAsync($"ALTER ROLE {role} NOLOGIN; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'");
            await mode.DrainAsync(false, new AdminAct("test"), default);
            Assert.Equal("failed", (await Access.App.EndAsync(id)).GetProperty("status").GetString());
            return id;
        }
    }
}
