using System.Net.Http.Json;
using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Datasets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace ExportHub.Tests.Browser;

/// <summary>The pictures that the README shows, with the data of the demo.</summary>
[Collection(BrowserTests.Name)]
[Trait("Category", Pictures.Category)]
public sealed class ReadmePicturesTests(BrowserApp browser)
{
    private const string Filters =
        "/request/orders?columns=order_no,ordered_at,customer,country,status,amount&filter=status in paid|shipped&filter=amount gte 100&period=previous_month&sort=amount desc";

    [PicturesFact]
    public async Task The_pictures_of_the_readme_are_taken()
    {
        var app = new TestApp();
        await app.InitializeAsync();
        try
        {
            await TakeAllAsync(app.OnPort());
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private async Task TakeAllAsync(TestApp app)
    {
        await new DemoData(SqlScript.EmbeddedIn("Demo"), TimeProvider.System, NullLogger<DemoData>.Instance).SeedAsync(app.Database.Pool, default);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "datasets", "demo")))
        {
            File.Copy(file, Path.Combine(app.DatasetsFolder, Path.GetFileName(file)), overwrite: true);
        }

        var running = await StageAsync(app);
        var completed = await app.PostAsync(new { dataset = "orders", format = "xlsx", dateRange = new { relative = "last_30_days" } });
        await app.EndAsync(completed);
        await PlanAsync(app);
        await using var visitor = await browser.StrangerAsync(options =>
        {
            options.BaseURL = app.Client.BaseAddress!.ToString();
            options.ViewportSize = new() { Width = 1280, Height = 900 };
            options.ReducedMotion = ReducedMotion.Reduce;
        });
        await visitor.GoAsync("/");
        await visitor.SignInAsync(FirstAdministrator.Name, TestApp.AdminPassword);

        await TakeAsync(visitor, "home", "/");
        await visitor.Page.SetViewportSizeAsync(1280, 1150);
        await TakeAsync(visitor, "request", Filters, "#preflight .sample");
        await visitor.Page.SetViewportSizeAsync(1280, 900);
        await TakeAsync(visitor, "running", running.Address, "[data-rate]:not(:empty)");
        await TakeAsync(visitor, "status", $"/exports/{completed}", "#receipt");
        await TakeAsync(visitor, "history", "/exports");
        await TakeAsync(visitor, "operations", "/admin/operations", "#updated:not(:empty)");
        await TakeAsync(visitor, "templates", "/templates");
        await visitor.Page.SetViewportSizeAsync(1280, 1150);
        await TakeAsync(visitor, "schedule", $"/schedules/new?export={completed}");
        await TakeAsync(visitor, "calendar", "/schedules/calendar");
        await visitor.Page.SetViewportSizeAsync(1280, 900);
        await TakeAsync(visitor, "dataset", "/admin/datasets/orders");
        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await TakeAsync(visitor, "print/receipt", $"/exports/{completed}", "#receipt");
        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = ColorScheme.Dark });
        await TakeAsync(visitor, "request-dark", Filters, "#preflight .sample");
        await TakeAsync(visitor, "operations-dark", "/admin/operations", "#updated:not(:empty)");
        await visitor.Page.SetViewportSizeAsync(390, 844);
        await TakeAsync(visitor, "status-narrow-dark", running.Address, "[data-rate]:not(:empty)");
    }

    /// <summary>Two schedules, of which one ran on the last days.</summary>
    private static async Task PlanAsync(TestApp app)
    {
        var request = new { dataset = "orders", format = "csv", limit = 5000, dateRange = new { relative = "yesterday" } };
        var monday = new { kind = "weekly", at = "07:15", weekdays = new[] { "monday" } };
        (await app.Client.PostAsJsonAsync("/api/schedules", new { name = "Week for the board", request, timing = monday, timeZone = "Europe/Berlin" })).EnsureSuccessStatusCode();
        var daily = new { name = "Orders of the day", request, timing = new { kind = "daily", at = "06:30" }, timeZone = "Europe/Berlin" };
        var made = (await app.Client.PostAsJsonAsync("/api/schedules", daily)).EnsureSuccessStatusCode();
        var id = (await made.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetGuid();
        var yesterday = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1);
        (await app.Client.PostAsJsonAsync($"/api/schedules/{id}/backfill", new { from = yesterday.AddDays(-8), to = yesterday })).EnsureSuccessStatusCode();
        await Until.TrueAsync(
            async () => await app.Database.CountAsync("SELECT count(*) FROM exporthub.occurrence WHERE settled_at IS NULL AND status <> 'held'") == 0, "the end of the past runs");
    }

    /// <summary>What a day leaves behind; the answer is the export that is being written.</summary>
    private static async Task<StagedExport> StageAsync(TestApp app)
    {
        var request = new { dataset = "orders", format = "xlsx", dateRange = new { relative = "previous_month" }, sort = new[] { new { column = "amount", descending = true } } };
        foreach (var (name, description) in new[] { ("Orders of last month", "For the board, largest first"), ("Open orders", "Every Monday, for sales") })
        {
            (await app.Client.PostAsJsonAsync("/api/templates", new { name, description, sharedWith = new[] { "sales" }, request })).EnsureSuccessStatusCode();
        }

        foreach (var (dataset, format) in new[] { ("products", "json"), ("customers", "csv"), ("customers", "xlsx"), ("orders", "csv") })
        {
            await app.EndAsync(await app.PostAsync(new { dataset, format }));
        }

        await (await StagedExport.QueuedAsync(app)).ExpiredAsync();
        await (await StagedExport.QueuedAsync(app, title: "Customers")).FailedAsync("The database did not answer three times. Try again in a few minutes.");
        await (await StagedExport.QueuedAsync(app, title: "Products")).CanceledAsync();
        var running = await StagedExport.QueuedAsync(app, new Criteria
        {
            Columns = ["id", "ordered_at", "customer", "amount", "status"], TimeZone = "Europe/Berlin",
            DateRange = new("ordered_at", "2026-01-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00"),
            Filters = [new("status", "in", ["paid", "shipped"])], Sort = [new("amount", Descending: true)],
        });
        await running.RunningAsync(rows: 6_184_000, total: 9_412_345);
        await StagedExport.QueuedAsync(app, title: "Customers");
        return running;
    }

    private static async Task TakeAsync(Visitor visitor, string name, string address, string ready = "main")
    {
        await visitor.GoAsync(address);
        await visitor.Page.Locator(ready).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures.Folder!, name + ".png") });
    }
}
