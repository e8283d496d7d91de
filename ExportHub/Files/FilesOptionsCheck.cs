using ExportHub.Files.Azure;
using ExportHub.Files.S3;
using Microsoft.Extensions.Options;

namespace ExportHub.Files;

/// <summary>What the store that was chosen needs. Whether a store far away answers is no question of the start: it may be down for a while at any time.</summary>
internal sealed class FilesOptionsCheck(IHostEnvironment environment, IOptions<S3Options> s3, IOptions<AzureOptions> azure) : IValidateOptions<FilesOptions>
{
    public static string FolderOf(FilesOptions options, IHostEnvironment environment) => Path.Combine(environment.ContentRootPath, options.Folder);

    public ValidateOptionsResult Validate(string? name, FilesOptions options) =>
        Fault(options) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;

    private string? Fault(FilesOptions options) => options.Store switch
    {
        StoreKind.S3 => s3.Value.Fault(),
        StoreKind.Azure => azure.Value.Fault() ?? WhyNoLinks(options, azure.Value),
        _ => CanBeMade(options) ? null : "Files:Folder must be a folder that ExportHub may make and write to.",
    };

    private static string? WhyNoLinks(FilesOptions options, AzureOptions azure) => options.SignedRedirect > TimeSpan.Zero && string.IsNullOrEmpty(azure.Key)
        ? "Files:SignedRedirect needs Files:Azure:Key: nothing can be signed with a shared access signature."
        : null;

    private bool CanBeMade(FilesOptions options)
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
