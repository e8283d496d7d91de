using ExportHub.Files;
using ExportHub.Files.Azure;
using ExportHub.Files.S3;
using ExportHub.Language;
using ExportHub.Notifications.Targets;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications.Storage;

/// <summary>Opens the storage behind a target.</summary>
internal sealed class TargetStores(IOptions<StorageOptions> options, TimeProvider time)
{
    private static readonly FileLabel TestLabel = new("text/plain", "exporthub-test.txt");

    /// <summary>The store, to be disposed where it can be. What a folder lacks is an exception like any other store's.</summary>
    /// <exception cref="StorageDeniedException">The folder is not one of those that may be used.</exception>
    /// <exception cref="IOException">The folder is not there, as when a share is not mounted: it is not made, since the files would land beneath the share.</exception>
    public IFileStore Open(TargetKind kind, TargetSettings settings, string? secret) => kind switch
    {
        TargetKind.S3 => new S3FileStore(S3(settings, secret), time),
        TargetKind.Azure => new AzureFileStore(Azure(settings, secret), time),
        TargetKind.Folder => Folder(settings.Folder!),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Why a file of that name may not be put there; null when it may.</summary>
    public string? Refuse(TargetKind kind, TargetSettings settings, string name) =>
        kind == TargetKind.Folder ? FolderRule.Refuse(Path.GetDirectoryName(Path.Combine(settings.Folder!, name)), options.Value.Allowed) : null;

    /// <summary>Writes a small file and deletes it. The fault is a sentence; null when both went well.</summary>
    public async Task<string?> TestAsync(TargetKind kind, TargetSettings settings, string? secret, CancellationToken cancel)
    {
        try
        {
            var store = Open(kind, settings, secret);
            using var closed = store as IDisposable;
            var name = $"exporthub-test-{Guid.NewGuid():N}.txt";
            var content = "ExportHub tests whether it may write here."u8.ToArray();
            await using (var part = await store.CreateAsync(name, TestLabel, cancel))
            {
                await part.Stream.WriteAsync(content, cancel);
                await part.CommitAsync(content.Length, cancel);
            }

            return await store.DeleteAsync(name, cancel) ? null : Text.Of("The file of the test was written and is not there any more.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or HttpRequestException)
        {
            return fault.Message;
        }
    }

    private LocalFileStore Folder(string folder)
    {
        if (FolderRule.Refuse(folder, options.Value.Allowed) is { } refusal)
        {
            throw new StorageDeniedException(refusal);
        }

        return Directory.Exists(folder) ? new LocalFileStore(folder) : throw new DirectoryNotFoundException(Text.Of("The folder {0} is not there. If it is a share, it may not be mounted.", folder));
    }

    private static S3Options S3(TargetSettings settings, string? secret) => new()
    {
        Bucket = settings.Bucket!, Region = settings.Region ?? new S3Options().Region, Endpoint = settings.Endpoint, AccessKey = settings.AccessKey, SecretKey = secret,
        PathStyle = settings.PathStyle ? true : null,
    };

    private static AzureOptions Azure(TargetSettings settings, string? secret)
    {
        // A key is base64 and has no such thing in it.
        var isSignature = secret?.Contains("sig=", StringComparison.Ordinal) == true;
        return new AzureOptions
        {
            Account = settings.Account!, Container = settings.Container!, Endpoint = settings.Endpoint, Key = isSignature ? null : secret, Sas = isSignature ? secret : null,
        };
    }
}
