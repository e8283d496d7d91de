using ExportHub.Access;
using ExportHub.Datasets;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Datasets;

/// <summary>Where definitions are kept, and which one counts.</summary>
public sealed class DefinitionDeskTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    private DefinitionDesk Desk => app.Services.GetRequiredService<DefinitionDesk>();

    private Definitions All => app.Services.GetRequiredService<Definitions>();

    private string FileOf(string name) => Path.Combine(app.DatasetsFolder, name + ".json");

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_folder_that_can_be_written_to_takes_them_whole_and_leaves_nothing_else_behind()
    {
        Assert.Equal(DefinitionOutcome.Done, await Desk.SaveAsync(Deals("One"), stamp: null, default));
        var made = (await Desk.FindAsync("deals", default))!;
        Assert.Equal(DefinitionOutcome.Done, await Desk.SaveAsync(Deals("Two"), made.Stamp, default));

        Assert.Equal("Two", (await Desk.FindAsync("deals", default))!.Definition.Title);
        Assert.Equal(["deals.json", "orders.json"], Directory.GetFiles(app.DatasetsFolder).Select(Path.GetFileName).Order());
        Assert.Equal(["dataset_made", "dataset_changed"], await ActsAsync());
    }

    [Fact]
    public async Task What_has_changed_meanwhile_is_not_overwritten_wherever_it_is()
    {
        foreach (var place in new[] { DefinitionPlace.Folder, DefinitionPlace.Database })
        {
            await using var other = new StoppedApp(app.With("Datasets:Store", place.ToString()));
            var name = $"in_{place}".ToLowerInvariant();
            await Desk.SaveAsync(Deals("One", name), stamp: null, default);
            var seen = (await Desk.FindAsync(name, default))!;
            await Desk.SaveAsync(Deals("Somebody else's", name), seen.Stamp, default);

            Assert.Equal(DefinitionOutcome.ChangedMeanwhile, await Desk.SaveAsync(Deals("Mine", name), seen.Stamp, default));
            Assert.Equal(DefinitionOutcome.ChangedMeanwhile, await Desk.DeleteAsync(seen, default));
            Assert.Equal(DefinitionOutcome.NameTaken, await Desk.SaveAsync(Deals("New", name), stamp: null, default));

            Assert.Equal("Somebody else's", (await Desk.FindAsync(name, default))!.Definition.Title);
        }
    }

    [Fact]
    public async Task A_stored_one_is_exported_like_a_file_and_another_instance_sees_it_soon()
    {
        app.With("Datasets:Store", "Database");
        Assert.Equal(DefinitionOutcome.Done, await Desk.SaveAsync(Deals("Stored"), stamp: null, default));
        Assert.False(File.Exists(FileOf("deals")));

        var end = await app.ExportAsync(new { dataset = "deals", format = "csv" });
        Assert.Equal("completed", end.GetProperty("status").GetString());

        // As another instance would.
        await app.Database.ExecuteAsync("""
            UPDATE exporthub.dataset SET definition = definition || '{"title": "Changed elsewhere"}', version = nextval('exporthub.dataset_version') WHERE name = 'deals'
            """);
        await Until.TrueAsync(() => All.Find("deals")!.Definition.Title == "Changed elsewhere", "the change of another instance");
        await app.Database.ExecuteAsync("DELETE FROM exporthub.dataset WHERE name = 'deals'");
        await Until.TrueAsync(() => All.Find("deals") is null, "the removal by another instance");
        Assert.Equal(["dataset_made", "dataset_changed", "dataset_removed"], await ActsAsync());
    }

    [Fact]
    public async Task A_file_wins_over_a_stored_one_of_its_name_and_gives_way_when_it_goes()
    {
        app.With("Datasets:Store", "Database");
        await Desk.SaveAsync(Deals("Stored"), stamp: null, default);
        await app.WriteDatasetAsync("deals", """{ "title": "File", "from": "public.orders" }""");

        Assert.Equal("File", All.Find("deals")!.Definition.Title);
        var (loser, winner) = Assert.Single(All.Unused());
        Assert.Equal(("Stored", "deals.json"), (loser.Definition.Title, winner.File));
        Assert.False(Desk.CanChange(winner));
        Assert.Equal(DefinitionOutcome.NotWritable, await Desk.SaveAsync(Deals("New"), winner.Stamp, default));

        File.Delete(FileOf("deals"));
        Assert.Equal("Stored", All.Find("deals")!.Definition.Title);
    }

    [Fact]
    public async Task Without_a_folder_to_write_to_they_are_stored()
    {
        app.With("Datasets:Folder", Path.Combine(app.DatasetsFolder, "nowhere"));

        Assert.Equal(DefinitionOutcome.Done, await Desk.SaveAsync(Deals("One"), stamp: null, default));

        var made = (await Desk.FindAsync("deals", default))!;
        Assert.True(made.IsStored);
        Assert.Equal(DefinitionOutcome.Done, await Desk.DeleteAsync(made, default));
        Assert.Null(await Desk.FindAsync("deals", default));
    }

    private static DatasetDefinition Deals(string title, string name = "deals") => new() { Name = name, Title = title, From = "public.orders" };

    private async Task<IEnumerable<string>> ActsAsync()
    {
        var audit = app.Services.GetRequiredService<AuditStore>();
        return (await audit.ListAsync(new AuditFilter(Dataset: "deals"), default)).Entries.Select(entry => entry.Act).Where(act => act.StartsWith("dataset_", StringComparison.Ordinal)).Reverse();
    }

    /// <summary>The application stops with it, and starts again with the settings of then.</summary>
    private sealed class StoppedApp(TestApp app) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await app.StopAsync();
    }
}
