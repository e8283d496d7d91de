using System.Runtime.CompilerServices;

namespace ExportHub.Files;

/// <summary>
/// Files in a folder: `{root}/{name}`, parts in `{root}/.parts`, on the same file system so that the rename of a commit is atomic.
/// </summary>
internal sealed class LocalFileStore : IFileStore
{
    private const string PartEnding = ".part";

    /// <summary>Not what a link leads to: whoever can plant one in the folder must not have files elsewhere swept away.</summary>
    private static readonly EnumerationOptions OwnFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly string root;
    private readonly string parts;

    public LocalFileStore(string folder)
    {
        root = Path.GetFullPath(folder);
        parts = Path.Combine(root, ".parts");
        Directory.CreateDirectory(parts);
    }

    public Task<IFilePart> CreateAsync(string name, FileLabel label, CancellationToken cancel)
    {
        var path = PathOf(name);
        var part = Path.Combine(parts, $"{Uri.EscapeDataString(name)}.{Guid.NewGuid():N}{PartEnding}");
        return Task.FromResult<IFilePart>(LocalFilePart.Create(part, path));
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancel)
    {
        var path = PathOf(name);
        if (LeadsElsewhere(path))
        {
            return Task.FromResult<Stream?>(null);
        }

        try
        {
            return Task.FromResult<Stream?>(new FileStream(path, new FileStreamOptions
            {
                // A reader holds on to what it opened: expiry may remove the name meanwhile.
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            }));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancel) => Task.FromResult(Delete(PathOf(name)));

    public Task<bool> DeleteAsync(StoredObject stored, CancellationToken cancel) => Task.FromResult(Delete(stored.Key));

    public Task<long?> FreeBytesAsync(CancellationToken cancel) => Task.FromResult<long?>(new DriveInfo(root).AvailableFreeSpace);

    public async IAsyncEnumerable<StoredObject> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var file in new DirectoryInfo(root).EnumerateFiles("*", OwnFiles))
        {
            cancel.ThrowIfCancellationRequested();
            if (!file.Exists)
            {
                continue;
            }

            var isPart = file.DirectoryName == parts;
            var name = isPart
                ? Uri.UnescapeDataString(file.Name[..^(PartEnding.Length + 33)])
                : Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            yield return new StoredObject(name, isPart, file.FullName, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));
        }
    }

    /// <summary>The store makes no links, so one below its folder was planted and is not followed. The folder itself may be one.</summary>
    private bool LeadsElsewhere(string path)
    {
        for (FileSystemInfo? place = new FileInfo(path); place is not null && place.FullName != root; place = Directory.GetParent(place.FullName))
        {
            if (place.LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    private bool Delete(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return false;
        }

        file.Delete();
        RemoveIfEmpty(file.Directory!);
        return true;
    }

    private void RemoveIfEmpty(DirectoryInfo folder)
    {
        if (folder.FullName == root || folder.FullName == parts)
        {
            return;
        }

        try
        {
            folder.Delete();
        }
        catch (IOException)
        {
            // Another attempt's file is in it.
        }
    }

    /// <summary>Names are made by the server; one that leads out of the folder is a bug.</summary>
    private string PathOf(string name)
    {
        var path = Path.GetFullPath(Path.Combine(root, name));
        return name.Length > 0
            && !Path.IsPathRooted(name)
            && !name.Contains('\\', StringComparison.Ordinal)
            && !name.Contains('\0', StringComparison.Ordinal)
            && path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !path.StartsWith(parts, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"'{name}' is no file name of this store.", nameof(name));
    }
}
