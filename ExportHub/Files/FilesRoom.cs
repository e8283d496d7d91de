using Microsoft.Extensions.Options;

namespace ExportHub.Files;

internal static class FilesRoom
{
    public static void AddFiles(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<FilesOptions>().BindConfiguration("Files").ValidateDataAnnotations()
            .Validate<IHostEnvironment>(CanBeMade, "Files:Folder must be a folder that ExportHub may make and write to.")
            .Validate(o => o.RolesAreKeptInBounds(), "Files:RoleRetention must give each role a time between 00:00:01 and 3650.00:00:00.")
            .ValidateOnStart();
        builder.Services.AddSingleton<IFileStore>(services => new LocalFileStore(
            FolderOf(services.GetRequiredService<IOptions<FilesOptions>>().Value, services.GetRequiredService<IHostEnvironment>())));
    }

    private static string FolderOf(FilesOptions options, IHostEnvironment environment) => Path.Combine(environment.ContentRootPath, options.Folder);

    private static bool CanBeMade(FilesOptions options, IHostEnvironment environment)
    {
        try
        {
            var probe = Path.Combine(Directory.CreateDirectory(FolderOf(options, environment)).FullName, $".probe-{Guid.NewGuid():N}");
            File.Create(probe, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
