using ExportHub.Database;
using ExportHub.Exports;

namespace ExportHub.Tests.Exports;

/// <summary>How many exports of one person run at a time, and what becomes of the others.</summary>
public sealed class FairShareTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ExportsOptions Two = new() { RunningPerUser = 2 };

    private readonly AttemptStore attempts = new(new AppDatabase(database.Pool));
    private readonly ExportStore exports = new(new AppDatabase(database.Pool), Audited.By(database.Pool));
    private readonly ServiceModeStore modes = new(new AppDatabase(database.Pool), Audited.By(database.Pool));
    private readonly string anna = NewPerson();

    [Fact]
    public async Task One_person_runs_as_many_as_one_may_and_nobody_else_waits_for_it()
    {
        var annas = await InsertAsync(anna, 4);
        var berts = await InsertAsync(NewPerson(), 1);

        Assert.Equal([1, 1, null, null], await ClaimAsync(annas));
        Assert.Equal([1], await ClaimAsync(berts));
    }

    [Fact]
    public async Task Of_twenty_claims_at_once_no_more_win_than_one_may_have()
    {
        var ids = await InsertAsync(anna, 20);

        var claims = await Task.WhenAll(ids.Select(id => attempts.ClaimAsync(id, Two, default)));

        Assert.Equal(2, claims.Count(claim => claim is not null));
    }

    [Fact]
    public async Task What_has_to_wait_says_why_and_starts_when_one_ends()
    {
        var ids = await InsertAsync(anna, 4);
        await ClaimAsync(ids);
        Assert.Equal("ownExports", Waiting(await FindAsync(ids[2])));
        Assert.Empty(await FreedAsync(ids));

        await attempts.CancelAsync(new AttemptId(ids[0], 1), default);

        Assert.Equal([ids[2]], await FreedAsync(ids));
        Assert.Equal("workers", Waiting(await FindAsync(ids[2])));
        Assert.Equal([1, null], await ClaimAsync(ids[2..]));
    }

    [Fact]
    public async Task An_attempt_whose_lease_ran_out_keeps_nobody_waiting()
    {
        var ids = await InsertAsync(anna, 3);
        await ClaimAsync(ids);

        await database.ExecuteAsync($"UPDATE exporthub.export SET lease_until = now() - interval '1 second' WHERE id = '{ids[0]}'");

        Assert.Equal([ids[2]], await FreedAsync(ids));
    }

    [Fact]
    public async Task Exports_of_others_that_wait_for_their_own_are_not_ahead()
    {
        var annas = await InsertAsync(anna, 5);
        await ClaimAsync(annas);
        var berts = await InsertAsync(NewPerson(), 1);

        var before = await database.CountAsync($"SELECT count(*) FROM exporthub.export WHERE status = 'queued' AND NOT held AND id < '{berts[0]}'");
        Assert.Equal(before + 1, (await FindAsync(berts[0])).QueuePosition);
        Assert.Equal(before + 3, (await FindAsync(annas[4])).QueuePosition);
    }

    [Fact]
    public async Task While_an_administrator_stops_the_start_nothing_is_claimed_and_it_goes_on_afterwards()
    {
        var ids = await InsertAsync(anna, 1);
        Assert.True(await modes.DrainAsync(true, new AdminAct("a test"), default));
        try
        {
            Assert.Equal([null], await ClaimAsync(ids));
            Assert.Equal("administrator", Waiting(await FindAsync(ids[0])));
            Assert.Empty(await FreedAsync(ids));
        }
        finally
        {
            Assert.True(await modes.DrainAsync(false, new AdminAct("a test"), default));
        }

        Assert.Equal(ids, await FreedAsync(ids));
        Assert.Equal([1], await ClaimAsync(ids));
    }

    private static string NewPerson() => $"person-{Guid.NewGuid():N}";

    private static string? Waiting(Export export) => StatusDocument.Of(export, 0, new PollingOptions()).Queue.WaitsFor;

    private async Task<Export> FindAsync(Guid id)
    {
        using var outlook = new QueueOutlook(new ForecastStore(new AppDatabase(database.Pool)), TimeProvider.System);
        return await outlook.TellAsync((await exports.FindAsync(id, default))!, default);
    }

    private async Task<List<Guid>> FreedAsync(IReadOnlyCollection<Guid> among) =>
        [.. (await attempts.TakeFreedAsync(Two.RunningPerUser, default)).Select(freed => freed.Id).Intersect(among)];

    private async Task<List<Guid>> InsertAsync(string by, int count)
    {
        var made = Enumerable.Range(0, count).Select(_ => SampleExport.New(by: by)).ToList();
        foreach (var export in made)
        {
            await exports.InsertAsync(export, default);
        }

        return [.. made.Select(export => export.Id)];
    }

    private async Task<List<int?>> ClaimAsync(IEnumerable<Guid> ids)
    {
        var claims = new List<int?>();
        foreach (var id in ids)
        {
            claims.Add(await attempts.ClaimAsync(id, Two, default));
        }

        return claims;
    }
}
