using ExportHub.Tests.RealData;

namespace ExportHub.Tests.Faults;

/// <summary>What limits an export in its source, as its own session sees it.</summary>
public sealed class SourceLimitsTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Settings =
        "SELECT name AS id, current_setting(name) AS value FROM unnest(ARRAY['application_name', 'statement_timeout', 'lock_timeout', "
        + "'idle_in_transaction_session_timeout', 'transaction_read_only', 'transaction_isolation', 'client_connection_check_interval']) AS name";

    [LinuxFact]
    public async Task The_session_of_a_running_export_is_read_only_named_and_limited()
    {
        app.With("Datasets:StatementTimeout", "01:00:00").With("Datasets:LockTimeout", "00:00:30").With("Datasets:IdleInTransactionTimeout", "00:02:00");
        await app.WriteDatasetAsync("settings", $$"""{ "query": "{{Settings}}", "key": ["id"] }""");

        var document = await app.ExportAsync(new { dataset = "settings", format = "csv" });

        var rows = Referee.Read("csv", await app.DownloadAsync(document)).Rows.ToDictionary(row => (string)row[0]!, row => (string)row[1]!);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["application_name"] = $"exporthub:{document.Text("id")}:1",
                ["statement_timeout"] = "1h",
                ["lock_timeout"] = "30s",
                ["idle_in_transaction_session_timeout"] = "2min",
                ["transaction_read_only"] = "on",
                ["transaction_isolation"] = "repeatable read",
                ["client_connection_check_interval"] = "1s",
            },
            rows);
    }
}
