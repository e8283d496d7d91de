using Microsoft.Extensions.Options;

namespace ExportHub.Files;

internal static class FilesRoom
{
    public static void AddFiles(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<FilesOptions>().BindConfiguration("Files").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IFileStore>(services =>
        {
            var folder = services.GetRequiredService<IOptions<FilesOptions>>().Value.Folder;
            return new LocalFileStore(Path.Combine(services.GetRequiredService<IHostEnvironment>().ContentRootPath, folder));
        });
    }
}
