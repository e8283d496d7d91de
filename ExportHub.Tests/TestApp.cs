using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Access.Safeguards;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests;

/// <summary>
/// The real application with its real engine on a database and folders of its own, with the dataset <see cref="Orders"/>.
/// Give it settings, tables and more datasets, then use
/// <see cref="Client"/>; the application starts with the first use.
/// </summary>
public sealed class TestApp : IAsyncLifetime
{
    /// <summary>The administrator's, with all scopes.</summary>
    public const string AdminToken = "exh_the_token_of_the_administrator_in_tests";

    public const string AdminPassword = "the first administrator";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-test-");
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);
    private Action<IServiceCollection> services = _ => { };
    private WebApplicationFactory<Program>? factory;
    private bool listens;

    public TestDatabase Database { get; } = new();

    public string FilesFolder => Path.Combine(folder.FullName, "files");

    public string DatasetsFolder => Path.Combine(folder.FullName, "datasets");

    public HttpClient Client => field ??= NewClient();

    public IServiceProvider Services => Factory.Services;

    /// <summary>A program of the administrator's, with cookies of its own.</summary>
    public HttpClient NewClient() => AsAdministrator(NewStranger());

    /// <summary>Nobody yet, with cookies of its own.</summary>
    public HttpClient NewStranger() => Factory.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = Factory.ClientOptions.BaseAddress });

    private WebApplicationFactory<Program> Factory => factory ??= Make();

    /// <summary>The engine to test with: EXPORTHUB_TEST_ENGINE, or the default of the build.</summary>
    public static string? Engine => Environment.GetEnvironmentVariable("EXPORTHUB_TEST_ENGINE");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(DatasetsFolder);
        await Database.InitializeAsync();
        await Orders.CreateAsync(this);
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await Database.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>Ends the application; its database and folders stay until <see cref="DisposeAsync"/>.</summary>
    public async Task StopAsync()
    {
        if (factory is not null)
        {
            await factory.DisposeAsync();
            factory = null;
        }
    }

    /// <summary>Before the first use of the application.</summary>
    public TestApp With(string setting, string value)
    {
        settings[setting] = value;
        return this;
    }

    /// <summary>Replaces parts of the application. Before the first use of it.</summary>
    internal TestApp With(Action<IServiceCollection> change)
    {
        services += change;
        return this;
    }

    /// <summary>On a free port of this machine instead of in memory, for a browser. Before the first use of the application.</summary>
    public TestApp OnPort()
    {
        listens = true;
        return this;
    }

    public Task WriteDatasetAsync(string name, string definition) =>
        File.WriteAllTextAsync(Path.Combine(DatasetsFolder, name + ".json"), definition);

    /// <summary>Asks for an export and waits for its end; the answer is the last status document.</summary>
    public async Task<JsonElement> ExportAsync(object request) => await EndAsync(await PostAsync(request));

    /// <summary>Asks for an export; the answer is its id.</summary>
    public async Task<Guid> PostAsync(object request)
    {
        // Without a key of its own, a request like one that is under way would be answered with that one.
        using var post = new HttpRequestMessage(HttpMethod.Post, "/api/exports") { Content = JsonContent.Create(request) };
        post.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var answer = await Client.SendAsync(post);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, document.ToString());
        return document.GetProperty("id").GetGuid();
    }

    public async Task<JsonElement> EndAsync(Guid id)
    {
        var document = default(JsonElement);
        await Until.TrueAsync(
            async () =>
            {
                document = await StatusAsync(id);
                return document.GetProperty("status").GetString() is not ("queued" or "running");
            },
            $"the end of export {id}");
        return document;
    }

    public Task<JsonElement> StatusAsync(Guid id) => Client.GetFromJsonAsync<JsonElement>($"/api/exports/{id}");

    public Task<byte[]> DownloadAsync(JsonElement document) =>
        Client.GetByteArrayAsync(new Uri(document.GetProperty("download").GetProperty("url").GetString()!, UriKind.Relative));

    /// <summary>The tests are hundreds of people in one.</summary>
    internal static IEnumerable<(string Setting, string Value)> NoLimits => Enum.GetNames<LimitKind>().Select(kind => ($"{LimitsOptions.Section}:{kind}PerMinute", "0"));

    internal static HttpClient AsAdministrator(HttpClient client)
    {
        client.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
        return client;
    }

    private WebApplicationFactory<Program> Make()
    {
        var made = new WebApplicationFactory<Program>().WithWebHostBuilder(Configure);
        if (listens)
        {
            made.UseKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
            // Only then the address is known.
            made.StartServer();
        }

        return made;
    }

    private void Configure(IWebHostBuilder host)
    {
        host.UseSolutionRelativeContentRoot("", "*.sln");
        host.ConfigureTestServices(added => added.AddSingleton(TestLogs.Factory));
        // What makes a stolen password slow to guess makes hundreds of test hosts slow to start.
        host.ConfigureTestServices(added => added.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000));
        host.ConfigureTestServices(services);
        // A watcher for each of the many hosts would be more than a user may have.
        host.UseSetting("hostBuilder:reloadConfigOnChange", "false");
        host.UseSetting("ConnectionStrings:ExportHub", Database.ConnectionString);
        host.UseSetting("Access:AdminPassword", AdminPassword);
        host.UseSetting("Access:AdminToken", AdminToken);
        foreach (var (setting, value) in NoLimits)
        {
            host.UseSetting(setting, value);
        }

        host.UseSetting("Files:Folder", FilesFolder);
        host.UseSetting("Datasets:Folder", DatasetsFolder);
        host.UseSetting("Exports:RenewEvery", "00:00:00.2");
        host.UseSetting("Exports:ReconcileEvery", "00:00:01");
        host.UseSetting("Exports:RetryDelay", "00:00:01");
        // Queries that never end and folders of a few megabytes are part of the tests.
        host.UseSetting("Files:RefuseWithoutRoom", "false");
        if (Engine is not null)
        {
            host.UseSetting("Jobs:Engine", Engine);
        }

        foreach (var (setting, value) in settings)
        {
            host.UseSetting(setting, value);
        }
    }
}
