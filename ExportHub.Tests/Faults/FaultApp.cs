using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Tests.Datasets;

namespace ExportHub.Tests.Faults;

/// <summary>Questions to an application under damage.</summary>
internal static class FaultApp
{
    /// <summary>A query of its own for every request: one like another that is under way would be answered with that one.</summary>
    public static async Task<Guid> AskAsync(this TestApp app, object request)
    {
        var key = $"{Guid.NewGuid()}";
        var answer = await Until.AnswerAsync(() => PostAsync(app, request, key), "an export accepted");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

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

    /// <summary>Null while the database does not answer.</summary>
    private static async Task<HttpResponseMessage?> PostAsync(TestApp app, object request, string key)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/exports", UriKind.Relative)) { Content = JsonContent.Create(request) };
        post.Headers.Add("Idempotency-Key", key);
        var answer = await app.Client.SendAsync(post);
        Assert.True((int)answer.StatusCode is 202 or >= 500, await answer.Content.ReadAsStringAsync());
        return answer.IsSuccessStatusCode ? answer : null;
    }
}
