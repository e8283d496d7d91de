using ExportHub.Database.Embedded;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ExportHub.Database;

internal static class DatabaseRoom
{
    /// <summary>
    /// The databases. Add this room first: services start in the order of their registration, and the others need the database.
    /// Everything is read from the configuration at the first use, so that a test host may still add to it.
    /// </summary>
    public static IHostApplicationBuilder AddDatabase(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<DatabaseOptions>, CheckDatabaseOptions>();
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
        services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section).ValidateOnStart();

        services.AddSingleton(ChooseHome);
        services.AddSingleton(MakePools);
        services.AddSingleton<ISourceDatabases>(provider => provider.GetRequiredService<DatabasePools>());
        services.AddSingleton(provider => new AppDatabase(provider.GetRequiredService<DatabasePools>().App) { Reads = provider.GetRequiredService<DatabasePools>().Reads });
        services.AddSingleton(provider => new EngineDatabase(provider.GetRequiredService<DatabasePools>().Engine));
        services.AddSingleton<DatabaseProbe>();

        services.AddSingleton(provider => new Migrator(SqlScript.EmbeddedIn("Migrations"), provider.GetRequiredService<ILogger<Migrator>>()));
        services.AddSingleton(provider => new DemoData(
            SqlScript.EmbeddedIn("Demo"), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DemoData>>()));
        services.AddSingleton<DatabaseWait>();
        services.AddHostedService<DatabaseStart>();
        services.AddHostedService<EmbeddedWatch>();

        // The name is fixed because its default is the content root, which differs from one instance to the next. After the start above: it reads the keys.
        services.AddHostedService<FirstKey>();
        services.AddDataProtection().SetApplicationName("ExportHub").EncryptKeys(builder.Configuration);
        services.AddOptions<KeyManagementOptions>().Configure<AppDatabase>((keys, database) => keys.XmlRepository = new ProtectionKeys(database));
        return builder;
    }

    private static HomeDatabase ChooseHome(IServiceProvider provider) => HomeDatabase.Choose(
        provider.GetRequiredService<IConfiguration>(),
        provider.GetRequiredService<IOptions<DatabaseOptions>>().Value,
        provider.GetRequiredService<IHostEnvironment>().ContentRootPath,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<EmbeddedPostgres>>());

    private static DatabasePools MakePools(IServiceProvider provider) => new(
        provider.GetRequiredService<HomeDatabase>().ConnectionString,
        provider.GetRequiredService<IConfiguration>().GetSection("ConnectionStrings").AsEnumerable(makePathsRelative: true),
        provider.GetRequiredService<IOptions<DatabaseOptions>>().Value);
}
