using ExportHub.Exports;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExportHub.Tests.Faults;

/// <summary>Connections of ExportHub to its own database that were cut while nobody used them, as by a failover or a firewall.</summary>
public sealed class CutConnectionTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        // Nobody comes to help.
        app.With("Exports:AlarmGrace", "01:00:00").With("Exports:ReconcileEvery", "01:00:00");
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_claim_on_a_cut_connection_is_made_on_another()
    {
        app.With(services => services.AddSingleton<IExportQueue, DeafQueue>());
        var id = await app.PostAsync(new { dataset = "orders", format = "csv" });
        await CutAsync("exporthub");

        var outcome = await app.Services.GetRequiredService<RunExport>().RunAsync(id, CancellationToken.None);

        Assert.Equal(RunOutcome.Completed, outcome);
        Assert.Equal(1, (await app.StatusAsync(id)).GetProperty("attempt").GetInt32());
    }

    [Fact]
    public async Task An_engine_whose_connection_was_cut_is_told_again_at_once()
    {
        var engine = new CutQueue();
        app.With(services => services.AddSingleton<IExportQueue>(engine));

        var id = await app.PostAsync(new { dataset = "orders", format = "csv" });

        Assert.Equal([id], engine.Told);
    }

    private Task CutAsync(string application) => app.Database.ExecuteAsync($"""
        SELECT pg_terminate_backend(pid)
        FROM pg_stat_activity
        WHERE application_name = '{application}' AND datname = current_database()
        """);

    /// <summary>Loses the first word.</summary>
    private sealed class CutQueue : IExportQueue
    {
        private int words;

        public List<Guid> Told { get; } = [];

        public Task EnqueueAsync(Guid exportId, Lane lane, TimeSpan delay, CancellationToken cancel)
        {
            if (words++ == 0)
            {
                throw new NpgsqlException("Exception while reading from stream", new EndOfStreamException());
            }

            Told.Add(exportId);
            return Task.CompletedTask;
        }

        public Task EnqueueFirstAsync(Guid exportId, Lane lane, CancellationToken cancel) => EnqueueAsync(exportId, lane, TimeSpan.Zero, cancel);
    }
}
