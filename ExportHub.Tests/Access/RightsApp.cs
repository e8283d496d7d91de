using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Tests.Datasets;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Access;

/// <summary>
/// The dataset `deals`: anna of sales sees those of her region and no IBAN, at most 3; bert of finance sees all; cleo of no role sees nothing; dora may look only.
/// </summary>
public sealed class RightsApp : IAsyncLifetime
{
    public const string Deals = """
        {
          "from": "public.deals",
          "rights": { "see": ["looker"], "export": ["sales", "finance"], "raw": ["finance"], "allRows": ["finance"], "rowLimits": { "sales": 3 } },
          "rowFilter": "region = @user.region",
          "columns": { "iban": { "title": "IBAN", "roles": ["finance"] }, "secret": { "hidden": true } }
        }
        """;

    public AccessApp Access { get; } = new();

    public TestApp App => Access.App;

    public async Task InitializeAsync()
    {
        await Access.InitializeAsync();
        await App.Database.ExecuteAsync("""
            CREATE TABLE deals (id int PRIMARY KEY, region text NOT NULL, amount int NOT NULL, iban text NOT NULL, secret text NOT NULL);
            INSERT INTO deals SELECT n, CASE WHEN n % 5 < 2 THEN 'EU' ELSE 'US' END, n * 10, 'iban-' || n, 'secret-' || n FROM generate_series(1, 5) AS n
            """);
        await App.WriteDatasetAsync("deals", Deals);
        await App.WriteDatasetAsync("silent", """{ "from": "public.deals" }""");
        await Access.AddAsync("cleo");
        await Access.AddAsync("dora", "looker");
        await GiveAsync("anna", ["sales"], "region=EU");
        await GiveAsync("bert", ["finance"], "");
    }

    public Task DisposeAsync() => App.DisposeAsync();

    public async Task GiveAsync(string name, string[] roles, string attributes)
    {
        var user = await Access.FindAsync(name);
        Assert.Null(await Access.WithPeopleAsync(people => people.GiveRolesAsync(user.Id, roles)));
        Assert.Null(await Access.WithPeopleAsync(people => people.GiveAttributesAsync(user.Id, attributes)));
    }

    public async Task DisableAsync(string name)
    {
        var user = await Access.FindAsync(name);
        Assert.Null(await Access.WithPeopleAsync(people => people.DisableAsync(user.Id, disabled: true)));
    }

    public Task<HttpClient> AsAsync(string name) => Access.WithTokenAsync(name, Scopes.Export);

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, object request) => client.PostAsJsonAsync("/api/exports", request);

    /// <summary>Asks under a person's token and waits for the file; the answer is the last status document.</summary>
    public async Task<JsonElement> CompletedAsync(HttpClient client, object request)
    {
        var answer = await PostAsync(client, request);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, document.ToString());
        var end = await App.EndAsync(document.GetProperty("id").GetGuid());
        Assert.Equal("completed", end.GetProperty("status").GetString());
        return end;
    }

    /// <summary>The lines of the file without its header.</summary>
    public static async Task<string[]> LinesAsync(HttpClient client, JsonElement document) =>
        (await client.GetStringAsync(FileOf(document))).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];

    public static Uri FileOf(JsonElement document) => new($"/api/exports/{document.GetProperty("id").GetGuid()}/file", UriKind.Relative);

    /// <summary>An export that was accepted while it was permitted and that no worker has seen yet.</summary>
    internal async Task<Guid> QueuedAsync(string name, ExportRequest request, Func<Task> meanwhile)
    {
        await SwitchAsync(drain: true);
        var client = await AsAsync(name);
        var answer = await PostAsync(client, request);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, document.ToString());
        await meanwhile();
        await SwitchAsync(drain: false);
        return document.GetProperty("id").GetGuid();
    }

    private Task SwitchAsync(bool drain) =>
        App.Services.GetRequiredService<ServiceModeStore>().DrainAsync(drain, new AdminAct("test"), default);
}
