using ExportHub.Files.Azure;
using ExportHub.Files.S3;
using Microsoft.Extensions.Options;

namespace ExportHub.Files;

internal static class FilesRoom
{
    public static void AddFiles(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<FilesOptions>, FilesOptionsCheck>();
        builder.Services.AddOptions<FilesOptions>().BindConfiguration("Files").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<S3Options>().BindConfiguration(S3Options.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<AzureOptions>().BindConfiguration(AzureOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IFileStore>(Open);
        builder.Services.AddSingleton<FileLinkSigner>();
    }

    private static IFileStore Open(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<FilesOptions>>().Value;
        var time = services.GetService<TimeProvider>();
        return options.Store switch
        {
            StoreKind.S3 => new S3FileStore(services.GetRequiredService<IOptions<S3Options>>().Value, time),
            StoreKind.Azure => new AzureFileStore(services.GetRequiredService<IOptions<AzureOptions>>().Value, time),
            _ => new LocalFileStore(FilesOptionsCheck.FolderOf(options, services.GetRequiredService<IHostEnvironment>())),
        };
    }
}
