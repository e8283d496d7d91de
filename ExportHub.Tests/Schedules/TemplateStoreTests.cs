using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Schedules;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExportHub.Tests.Schedules;

public sealed class TemplateStoreTests : IClassFixture<TestApp>
{
    private static readonly Person Anna = new("anna", ["sales"], Attributes.None, IsAdministrator: false);
    private static readonly Person Bert = new("bert", ["finance"], Attributes.None, IsAdministrator: false);
    private static readonly Person Admin = new("admin", [], Attributes.None, IsAdministrator: true);

    private readonly TestApp app;
    private readonly TemplateStore store;
    // Of its own for each test, since they share the database.
    private readonly string dataset = $"orders-{Guid.NewGuid():N}";

    public TemplateStoreTests(TestApp app) => (this.app, store) = (app, app.Services.GetRequiredService<TemplateStore>());

    [Fact]
    public async Task What_was_asked_for_comes_back_as_it_was_asked_relative_ranges_relative()
    {
        var asked = Request(5) with { DateRange = new DateRangeRequest("ordered_at", Relative: "previous_month"), TimeZone = "Europe/Berlin" };
        var id = await AddAsync("monthly", asked);

        var found = await store.FindAsync(id, version: null, Anna, default);

        Assert.Equal(asked, found!.Request);
        Assert.Equal(("anna", "monthly", 1, 1, "anna"), (found.Owner, found.Name, found.Version, found.Latest, found.SavedBy));
    }

    [Fact]
    public async Task Those_who_save_at_the_same_time_make_a_version_each_and_none_is_lost()
    {
        var id = await AddAsync("busy");

        var versions = await Task.WhenAll(Enumerable.Range(10, 8).Select(limit => store.AddVersionAsync(id, Request(limit), Anna, default)));

        Assert.Equal(Enumerable.Range(2, 8), versions.Select(version => version!.Value).Order());
        var limits = await Task.WhenAll(versions.Select(async version => (await store.FindAsync(id, version, default))!.Request!.Limit!.Value));
        Assert.Equal(Enumerable.Range(10, 8).Select(limit => (long)limit), limits.Order());
        Assert.Equal(9, (await store.FindAsync(id, version: null, default))!.Version);
    }

    [Fact]
    public async Task A_version_never_changes_not_even_by_hand()
    {
        await AddAsync("fixed");

        await Assert.ThrowsAsync<PostgresException>(() => app.Database.ExecuteAsync("UPDATE exporthub.template_version SET version = version + 1"));
        await Assert.ThrowsAsync<PostgresException>(() => app.Database.ExecuteAsync("DELETE FROM exporthub.template_version"));
    }

    [Fact]
    public async Task A_name_is_given_once_for_owner_and_dataset_and_is_free_again_after_the_end()
    {
        var id = await AddAsync("Weekly");
        var other = await AddAsync("other");

        await Assert.ThrowsAsync<TemplateNameTakenException>(() => AddAsync("weekly"));
        await Assert.ThrowsAsync<TemplateNameTakenException>(() => store.ChangeAsync(other, "WEEKLY", null, [], null, Anna, default));
        await AddAsync("weekly", owner: "bert");
        Assert.True(await store.DeleteAsync(id, Anna, default));
        await AddAsync("weekly");
    }

    [Fact]
    public async Task A_deleted_one_is_nobodys_but_its_versions_stay_for_those_who_name_them()
    {
        var id = await AddAsync("old", sharedWith: ["*"]);
        await store.MakeDefaultAsync(id, forAll: true, Admin, default);

        Assert.True(await store.DeleteAsync(id, Anna, default));

        Assert.Null(await store.FindAsync(id, version: null, Anna, default));
        Assert.Null(await store.FindDefaultAsync(dataset, Bert, default));
        Assert.Null(await store.AddVersionAsync(id, Request(1), Anna, default));
        Assert.NotNull(await store.FindAsync(id, version: 1, default));
        Assert.False(await store.DeleteAsync(id, Anna, default));
    }

    [Fact]
    public async Task Read_by_owner_by_role_and_by_administrators_changed_by_owner_and_administrators()
    {
        var own = await AddAsync("own");
        var shared = await AddAsync("shared", sharedWith: ["finance"]);

        Assert.Null(await store.FindAsync(own, version: null, Bert, default));
        Assert.NotNull(await store.FindAsync(shared, version: null, Bert, default));
        Assert.NotNull(await store.FindAsync(own, version: null, Admin, default));
        Assert.Equal([shared], (await store.ListAsync(dataset, Bert, default)).Select(template => template.Id));
        Assert.Empty(await store.ListVersionsAsync(own, Bert, default));
        Assert.Null(await store.AddVersionAsync(shared, Request(1), Bert, default));
        Assert.Null(await store.ChangeAsync(shared, "mine now", null, [], null, Bert, default));
        Assert.False(await store.DeleteAsync(shared, Bert, default));
        Assert.Equal(2, await store.AddVersionAsync(shared, Request(1), Admin, default));
        Assert.Equal("admin", (await store.ListVersionsAsync(shared, Bert, default))[0].SavedBy);
    }

    [Fact]
    public async Task The_own_default_goes_before_that_of_everybody_which_only_those_have_who_may_read_it()
    {
        var forAll = await AddAsync("for all", sharedWith: ["finance"]);
        var own = await AddAsync("berts", owner: "bert");
        await store.MakeDefaultAsync(forAll, forAll: true, Admin, default);
        Assert.Equal(forAll, (await store.FindDefaultAsync(dataset, Bert, default))!.Id);
        Assert.Null(await store.FindDefaultAsync(dataset, new Person("cleo", [], Attributes.None, false), default));

        await store.MakeDefaultAsync(own, forAll: false, Bert, default);
        var chosen = await store.FindDefaultAsync(dataset, Bert, default);
        Assert.Equal((own, true, false), (chosen!.Id, chosen.IsOwnDefault, chosen.IsDefaultForAll));

        await store.EndDefaultAsync(own, forAll: false, Bert, default);
        Assert.Equal(forAll, (await store.FindDefaultAsync(dataset, Bert, default))!.Id);
        Assert.False(await store.MakeDefaultAsync(own, forAll: false, Anna, default));
    }

    [Fact]
    public async Task Nobody_has_more_than_the_most()
    {
        await app.Database.ExecuteAsync($"""
            INSERT INTO exporthub.template (id, owner, dataset, name)
            SELECT gen_random_uuid(), 'collector', 'orders', 'n' || n FROM generate_series(1, {TemplateStore.Most}) AS n
            """);

        Assert.False(await store.AddAsync(Guid.CreateVersion7(), "collector", "one more", null, [], Request(1), default));
    }

    private ExportRequest Request(long limit) => new() { Dataset = dataset, Format = "csv", Limit = limit };

    private async Task<Guid> AddAsync(string name, ExportRequest? request = null, string owner = "anna", string[]? sharedWith = null)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await store.AddAsync(id, owner, name, null, sharedWith ?? [], request ?? Request(1), default));
        return id;
    }
}
