using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ExportHub.Datasets;

/// <summary>The way into the room.</summary>
internal static class DatasetsRoom
{
    public static IHostApplicationBuilder AddDatasets(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IValidateOptions<DatasetsOptions>, DatasetsOptionsCheck>();
        builder.Services.AddOptions<DatasetsOptions>()
            .BindConfiguration("Datasets")
            .PostConfigure<IConfiguration>((options, settings) => options.Demo ??= HasDemo(settings))
            .ValidateOnStart();
        builder.Services.AddSingleton<DefinitionFolder>().AddSingleton<DefinitionStore>().AddSingleton<StoredDefinitions>();
        builder.Services.AddSingleton<Definitions>().AddSingleton<DefinitionDesk>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StoredDefinitions>());
        builder.Services.AddSingleton<SourceInquiry>().AddSingleton<SourceTables>().AddSingleton<SampleRows>();
        builder.Services.AddSingleton<DatasetDescription>();
        builder.Services.AddSingleton<DatasetCatalog>().AddSingleton<PermittedDatasets>();
        builder.Services.AddSingleton<RowSource>().AddSingleton<SampleSource>().AddSingleton<RowPlanner>().AddSingleton<DistinctValues>();
        return builder;
    }

    private static bool HasDemo(IConfiguration settings) =>
        settings.GetValue<bool?>("Demo:Seed") ?? string.IsNullOrWhiteSpace(settings.GetConnectionString("ExportHub"));
}
