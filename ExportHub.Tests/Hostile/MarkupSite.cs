using System.Text.Json;
using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Hostile;

/// <summary>An application that believes a proxy on this machine, and an administrator of it in a browser. Each markup has a dataset and an export of its own.</summary>
public sealed class MarkupSite : IAsyncLifetime
{
    /// <summary>Whose account is changed: an administrator's own would end the session.</summary>
    public const string Somebody = "eva";

    private readonly Dictionary<string, (string Dataset, Guid Export)> staged = new(StringComparer.Ordinal);
    private string? session;

    public TestApp App { get; } = new();

    /// <summary>Where the engine's own pages are; null where it has none.</summary>
    public string? Dashboard => App.Services.GetRequiredService<IJobEngine>().Dashboard;

    public async Task InitializeAsync()
    {
        App.OnPort().With("Access:Proxy:Addresses", "127.0.0.1").With("Access:Attributes:region", "X-Region").With("Access:Groups:Bosses", Roles.Admin);
        await App.InitializeAsync();
        await using var scope = App.Services.CreateAsyncScope();
        Assert.Null((await scope.ServiceProvider.GetRequiredService<People>().AddAsync(Somebody, [])).Fault);
    }

    public Task DisposeAsync() => App.DisposeAsync();

    internal Task<Visitor> StrangerAsync(BrowserApp browser, params (string Name, string Value)[] headers) => browser.StrangerAsync(options =>
    {
        options.BaseURL = App.Client.BaseAddress!.ToString();
        options.ExtraHTTPHeaders = headers.ToDictionary(header => header.Name, header => header.Value);
    });

    /// <summary>The administrator.</summary>
    internal async Task<Visitor> VisitAsync(BrowserApp browser)
    {
        session ??= await SignInAsync(browser);
        return await browser.StrangerAsync(options => (options.BaseURL, options.StorageState) = (App.Client.BaseAddress!.ToString(), session));
    }

    /// <summary>A dataset whose every word is the markup, and a completed export of it that was asked for with the markup.</summary>
    internal async Task<(string Dataset, Guid Export)> StageAsync(string markup)
    {
        if (!staged.TryGetValue(markup, out var made))
        {
            var name = $"markup_{staged.Count}";
            await CreateTableAsync($"markup_{staged.Count}", markup);
            await WriteAsync(name, new
            {
                title = "Title " + markup, description = "About " + markup, from = $"public.markup_{staged.Count}", key = new[] { "id" },
                columns = new { note = new { title = "Note " + markup }, choice = new { title = "Choice " + markup } },
            });
            var filters = new[] { new { column = "note", op = "eq", value = markup }, new { column = "choice", op = "eq", value = markup } };
            var end = await App.ExportAsync(new { dataset = name, format = "csv", filters });
            Assert.Equal("completed", end.GetProperty("status").GetString());
            staged[markup] = made = (name, end.GetProperty("id").GetGuid());
        }

        return made;
    }

    /// <summary>A dataset that is described and then fails with the markup in what the database says.</summary>
    internal async Task<Guid> FailAsync(string markup)
    {
        await WriteAsync("failing", new { title = "Failing", key = new[] { "id" }, query = $"SELECT n AS id, ({Quoted(markup)} || n)::int AS part FROM generate_series(1, 3) AS n" });
        var end = await App.ExportAsync(new { dataset = "failing", format = "csv" });
        Assert.Equal("failed", end.GetProperty("status").GetString());
        return end.GetProperty("id").GetGuid();
    }

    internal Task WriteAsync(string name, object definition) => App.WriteDatasetAsync(name, JsonSerializer.Serialize(definition));

    internal static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private Task CreateTableAsync(string table, string markup) => App.Database.ExecuteAsync($"""
        CREATE TYPE {table}_choice AS ENUM ({Quoted(markup)}, 'tame');
        CREATE TABLE {table} AS SELECT n AS id, {Quoted(markup)}::text AS note, {Quoted(markup)}::{table}_choice AS choice FROM generate_series(1, 3) AS n;
        """);

    private async Task<string> SignInAsync(BrowserApp browser)
    {
        await using var visitor = await StrangerAsync(browser);
        await visitor.GoAsync("/");
        await visitor.SignInAsync(FirstAdministrator.Name, TestApp.AdminPassword);
        return await visitor.CookiesAsync();
    }
}
