using Microsoft.Extensions.Options;

namespace ExportHub.Database;

/// <summary>The app starts when its database is up, migrated and, where wanted, has the demo data. The last thing to stop is the embedded server.</summary>
internal sealed class DatabaseStart(
    HomeDatabase home, AppDatabase app, DatabaseWait wait, Migrator migrator, DemoData demo,
    IOptions<DatabaseOptions> options, IOptions<DemoOptions> demoOptions) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (home.Embedded is { } embedded)
        {
            await embedded.StartAsync(cancellationToken);
        }
        else
        {
            await wait.UntilUpAsync(app.Pool, options.Value.StartTimeout, cancellationToken);
        }

        await migrator.RunAsync(app.Pool, cancellationToken);
        if (demoOptions.Value.Seed ?? home.Embedded is not null)
        {
            await demo.SeedAsync(app.Pool, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => home.Embedded?.StopAsync(cancellationToken) ?? Task.CompletedTask;
}
