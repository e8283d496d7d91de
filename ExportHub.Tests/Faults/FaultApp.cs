using System.Globalization;
using System.Text.Json;
using ExportHub.Tests.Datasets;

namespace ExportHub.Tests.Faults;

/// <summary>Questions to an application under damage.</summary>
internal static class FaultApp
{
    /// <summary>The server processes that work for an export, for its rows or for their count.</summary>
    public static async Task<int> BackendsAsync(this TestDatabase source, Guid id) => int.Parse(
        await source.Pool.ScalarAsync($"SELECT count(*)::text FROM pg_stat_activity WHERE application_name LIKE 'exporthub:{id}:%'"),
        CultureInfo.InvariantCulture);

    public static string Text(this JsonElement document, string property) => document.GetProperty(property).GetString()!;

    public static string ErrorCode(this JsonElement document) => document.GetProperty("error").Text("code");

    /// <summary>What lies in the store of an export, parts and files.</summary>
    public static string[] Stored(this TestApp app, Guid id) =>
        [.. Directory.GetFiles(app.FilesFolder, "*", SearchOption.AllDirectories).Where(file => file.Contains($"{id}", StringComparison.Ordinal))];

    public static Task RowsAsync(this TestApp app, Guid id, long atLeast = 1) => Until.TrueAsync(
        async () => (await app.StatusAsync(id)).GetProperty("progress").GetProperty("rows").GetInt64() >= atLeast, $"{atLeast} rows written");
}
