using System.Text;
using Microsoft.Extensions.Options;

namespace ExportHub.Datasets;

/// <summary>
/// The definitions as they lie in the folder now: every `*.json` directly in it and, with demo data, in its subfolder `demo`. Names, lengths and
/// times are looked at on each call; the files are read again only when one of these differs. Thread-safe.
/// </summary>
internal sealed partial class DefinitionFolder(
    IOptions<DatasetsOptions> options, IHostEnvironment host, ILogger<DefinitionFolder> logger)
{
    private readonly string folder = Path.Combine(host.ContentRootPath, options.Value.Folder);
    private readonly Lock reading = new();
    private readonly Lock writing = new();
    private Reading last = new("", []);

    private sealed record Reading(string Stamp, IReadOnlyList<DefinitionFile> Files);

    /// <summary>The same objects as at the last call when no file has changed.</summary>
    public IReadOnlyList<DefinitionFile> Read()
    {
        // An editor may take a file away between two looks at it.
        var files = Find().Where(f => f.Exists).ToList();
        var stamp = string.Join('|', files.Select(f => $"{f.FullName}:{f.Length}:{f.LastWriteTimeUtc.Ticks}"));
        lock (reading)
        {
            if (last.Stamp != stamp)
            {
                last = new Reading(stamp, ReadAll(files));
            }

            return last.Files;
        }
    }

    /// <summary>Whether a file can be made here at this moment.</summary>
    public bool IsWritable()
    {
        var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
        try
        {
            using var made = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Puts the text in the place of the file, whole or not at all. False when the file is no longer the one with that stamp.</summary>
    /// <param name="file">The path within the folder.</param>
    /// <param name="stamp">Null for a file that must not be there yet.</param>
    /// <exception cref="IOException">It cannot be written, or UnauthorizedAccessException.</exception>
    public bool Write(string file, string? stamp, string json)
    {
        var path = Path.Combine(folder, file);
        lock (writing)
        {
            if (StampOf(path) != stamp)
            {
                return false;
            }

            // Not called *.json, so that nobody reads it before it is whole.
            var part = $"{path}.{Guid.NewGuid():N}.part";
            try
            {
                WriteThrough(part, json);
                File.Move(part, path, overwrite: true);
            }
            finally
            {
                File.Delete(part);
            }

            return true;
        }
    }

    /// <summary>False when the file is no longer the one with that stamp.</summary>
    public bool Delete(string file, string stamp)
    {
        var path = Path.Combine(folder, file);
        lock (writing)
        {
            if (StampOf(path) != stamp)
            {
                return false;
            }

            File.Delete(path);
            return true;
        }
    }

    /// <summary>The file as it is; null when it is gone.</summary>
    public byte[]? Content(string file) => Path.Combine(folder, file) is var path && File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static void WriteThrough(string path, string json)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(Encoding.UTF8.GetBytes(json));
        stream.Flush(flushToDisk: true);
    }

    private static string? StampOf(string path) => File.Exists(path) ? DefinitionText.StampOf(File.ReadAllBytes(path)) : null;

    private List<DefinitionFile> ReadAll(List<FileInfo> files)
    {
        var read = files.Select(ReadFile).ToList();
        MarkDuplicates(read);
        foreach (var wrong in read.Where(f => f.Fault is not null))
        {
            LogWrong(logger, wrong.File, wrong.Fault!);
        }

        LogRead(logger, read.Count, folder);
        return read;
    }

    private List<FileInfo> Find() =>
    [
        .. In(folder),
        .. options.Value.Demo == true ? In(Path.Combine(folder, "demo")) : [],
    ];

    private static IEnumerable<FileInfo> In(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("*.json").OrderBy(f => f.Name, StringComparer.Ordinal) : [];

    private DefinitionFile ReadFile(FileInfo info)
    {
        var file = Path.GetRelativePath(folder, info.FullName);
        var name = Path.GetFileNameWithoutExtension(info.Name);
        DefinitionFile Wrong(string reason) => new(file, new DatasetDefinition { Name = name }, $"{file}: {reason}");
        try
        {
            return info.Length > DefinitionText.Longest
                ? Wrong("A definition may have 1 MB at most.")
                : DefinitionText.Read(file, name, File.ReadAllBytes(info.FullName));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Wrong($"The file cannot be read: {unreadable.Message}");
        }
    }

    // The first file keeps the name even when it is wrong: a slip in it must not make requests read another dataset of that name.
    private static void MarkDuplicates(List<DefinitionFile> files)
    {
        var taken = new Dictionary<string, string>();
        for (var i = 0; i < files.Count; i++)
        {
            if (!taken.TryAdd(files[i].Definition.Name, files[i].File) && files[i].Fault is null)
            {
                var (file, name) = (files[i].File, files[i].Definition.Name);
                files[i] = files[i] with { Fault = $"{file}: `name`: there is already a dataset {name}, in {taken[name]}." };
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} dataset definitions in {Folder}")]
    private static partial void LogRead(ILogger logger, int count, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dataset definition {File} cannot be used: {Reason}")]
    private static partial void LogWrong(ILogger logger, string file, string reason);
}
