using Microsoft.Extensions.Options;

namespace ExportHub.Files;

/// <summary>Where a download may be sent instead of passing through this application.</summary>
internal sealed class FileLinkSigner(IFileStore store, IOptions<FilesOptions> options)
{
    /// <summary>Null where files pass through this application: by setting, or because the store hands none out.</summary>
    public async Task<Uri?> SignAsync(string name, FileLabel label, CancellationToken cancel) =>
        options.Value.SignedRedirect > TimeSpan.Zero && store is ISigningStore signing
            ? await signing.SignAsync(name, label, options.Value.SignedRedirect, cancel)
            : null;
}
