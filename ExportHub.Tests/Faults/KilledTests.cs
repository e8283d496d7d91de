using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>kill -9 of the process that works on an export, at every place of its life; a second process goes on.</summary>
[Collection(DamagedInTurn.Name)]
public sealed class KilledTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>Before the claim there is no lease to end: the reconciler's patience counts.</summary>
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(30);

    private readonly Random random = new(FaultForm.Long ? 50 : 5);
    private readonly Figures takeovers = new("takeover after kill -9");
    private readonly Figures starts = new("start after kill -9 before the claim");
    private FaultySite site = null!;
    private DateTime killedAt;
    private Task replacement = Task.CompletedTask;

    public async Task InitializeAsync() => site = await FaultySite.OpenAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task An_export_whose_process_is_killed_at_any_point_ends_completed_and_exact()
    {
        var acts = FaultForm.Long ? LongActs() : [StreamAsync, BeforeClaimAsync, AfterClaimAsync, BeforePublishAsync, AfterPublishAsync, BeforeBookkeepingAsync];
        await StartTwoAsync();
        var ended = new List<(Guid Id, int Attempt)>();

        foreach (var act in acts)
        {
            var id = await act();
            var facts = await site.EndAsync(id);
            await site.AssertExactAsync(id);
            ended.Add((id, facts.Attempt));
            await replacement;
            await EngineTables.DeliverAgainAsync(site);
        }

        // What the engine delivered again found nothing to do.
        await Task.WhenAll(ended.Select(async export => Assert.Equal(export.Attempt, (await site.FactsAsync(export.Id)).Attempt)));
        await site.AssertNothingLeftAsync();
        takeovers.WriteTo(output);
        starts.WriteTo(output);
        takeovers.AssertWithin(FaultySite.TakeoverBound);
        starts.AssertWithin(StartBound);
    }

    [Fact]
    public async Task A_long_queue_of_fresh_exports_does_not_delay_what_a_killed_process_left()
    {
        await StartTwoAsync();
        var id = await FaultySite.PostAsync(site.Alive[0], FaultyRows.Gated);
        var victim = await site.WorkerOfAsync(id, 1);
        var fresh = await Task.WhenAll(Enumerable.Range(0, FaultForm.Long ? 300 : 30).Select(_ => FaultySite.PostAsync(site.Alive[0], FaultyRows.Second)));

        await KillAsync(victim);
        await MeasureAsync(takeovers, id, attempt: 2);

        takeovers.WriteTo(output);
        var waiting = await site.AskAsync<int>("SELECT count(*)::int FROM exporthub.export WHERE status = 'queued'");
        output.WriteLine($"{waiting} fresh exports were still waiting then");
        takeovers.AssertWithin(FaultySite.TakeoverBound);
        Assert.InRange(waiting, 1, fresh.Length);
        await replacement;
        await site.OpenGateAsync();
        foreach (var each in fresh.Append(id))
        {
            await site.EndAsync(each);
            await site.AssertExactAsync(each);
        }

        await site.AssertNothingLeftAsync();
    }

    /// <summary>Eight chosen acts, and twelve at a random time, two and a half times each.</summary>
    private IEnumerable<Func<Task<Guid>>> LongActs()
    {
        Func<Task<Guid>>[] chosen =
        [
            BeforeEnqueueAsync, BeforeClaimAsync, AfterClaimAsync, BeforePublishAsync, AfterPublishAsync, BeforeBookkeepingAsync, AfterBookkeepingAsync, TwiceAsync,
        ];
        return Enumerable.Range(0, 50).Select(n => n % 20 < chosen.Length ? chosen[n % 20] : StreamAsync);
    }

    /// <summary>Killed after a random part of the time that the rows take.</summary>
    private async Task<Guid> StreamAsync()
    {
        var id = await FaultySite.PostAsync(site.Alive[0], FaultyRows.Steady);
        var victim = await site.WorkerOfAsync(id, 1);
        var at = (await site.FactsAsync(id)).StartedAt!.Value + TimeSpan.FromSeconds(random.NextDouble() * 1.8);
        await Until.TrueAsync(async () => await site.NowAsync() > at, "the time to kill");
        await KillAsync(victim);
        return await TakenOverAsync(id, attempt: 2);
    }

    /// <summary>The one who asks gets no answer, and yet the export is made.</summary>
    private async Task<Guid> BeforeEnqueueAsync()
    {
        var key = $"{Guid.NewGuid()}";
        var breakpoint = await Breakpoint.SetAsync(site, Place.Enqueue);
        var asked = FaultySite.PostAsync(site.Alive[0], FaultyRows.Quick, key);
        await KillAsync(await breakpoint.HitAsync());
        await breakpoint.DropAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => asked);
        var id = await site.AskAsync<Guid>("SELECT id FROM exporthub.export WHERE idempotency_key = @key", new { key });
        await MeasureAsync(starts, id, attempt: 1);
        return id;
    }

    private async Task<Guid> BeforeClaimAsync()
    {
        var id = await KillAtAsync(Place.Claim, statementArrives: false);
        await MeasureAsync(starts, id, attempt: 1);
        return id;
    }

    /// <summary>The dead process has claimed; nobody works.</summary>
    private async Task<Guid> AfterClaimAsync() => await TakenOverAsync(await KillAtAsync(Place.Claim, statementArrives: true), attempt: 2);

    private async Task<Guid> BeforePublishAsync() => await TakenOverAsync(await KillAtAsync(Place.Publish, statementArrives: false), attempt: 2);

    /// <summary>The dead process has published: its file counts.</summary>
    private async Task<Guid> AfterPublishAsync() => await KeptAsync(await KillAtAsync(Place.Publish, statementArrives: true));

    private async Task<Guid> BeforeBookkeepingAsync() => await KeptAsync(await KillAtAsync(Place.Bookkeeping, statementArrives: false));

    private async Task<Guid> AfterBookkeepingAsync() => await KeptAsync(await KillAtAsync(Place.Bookkeeping, statementArrives: true));

    /// <summary>The second attempt is killed too.</summary>
    private async Task<Guid> TwiceAsync()
    {
        var id = await StreamAsync();
        await replacement;
        await KillAsync(await site.WorkerOfAsync(id, 2));
        return await TakenOverAsync(id, attempt: 3);
    }

    private async Task<Guid> KillAtAsync(Place place, bool statementArrives)
    {
        var breakpoint = await Breakpoint.SetAsync(site, place);
        var id = await FaultySite.PostAsync(site.Alive[0], FaultyRows.Quick);
        await KillAsync(await breakpoint.HitAsync());
        await (statementArrives ? breakpoint.LetGoAsync() : breakpoint.DropAsync());
        return id;
    }

    private async Task<Guid> TakenOverAsync(Guid id, int attempt)
    {
        await MeasureAsync(takeovers, id, attempt);
        return id;
    }

    private async Task<Guid> KeptAsync(Guid id)
    {
        Assert.Equal(1, (await site.EndAsync(id)).Attempt);
        return id;
    }

    private async Task KillAsync(Instance victim)
    {
        killedAt = await site.NowAsync();
        await site.KillAsync(victim);
        replacement = site.StartAsync();
    }

    private async Task MeasureAsync(Figures figures, Guid id, int attempt)
    {
        ExportFacts? facts = null;
        await Until.TrueAsync(async () => (facts = await site.FactsAsync(id)).Attempt >= attempt, $"attempt {attempt} of {id}");
        Assert.Equal(attempt, facts!.Attempt);
        figures.Add(facts.StartedAt!.Value - killedAt);
    }

    private Task StartTwoAsync() => Task.WhenAll(site.StartAsync(), site.StartAsync());
}
