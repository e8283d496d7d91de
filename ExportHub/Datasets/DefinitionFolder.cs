using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ExportHub.Datasets;

/// <param name="File">The path within the datasets folder.</param>
/// <param name="Definition">Only the name, after the file, where the file cannot be read.</param>
/// <param name="Fault">Why it cannot be used; null when nothing is wrong with the file as such.</param>
internal sealed record DefinitionFile(string File, DatasetDefinition Definition, string? Fault = null);

/// <summary>
/// The definitions as they lie in the folder now: every `*.json` directly in it and, with demo data, in its subfolder `demo`. Names, lengths and
/// times are looked at on each call; the files are read again only when one of these differs. Thread-safe.
/// </summary>
internal sealed partial class DefinitionFolder(
    IOptions<DatasetsOptions> options, IHostEnvironment host, ILogger<DefinitionFolder> logger)
{
    private const long LongestFile = 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    private readonly string folder = Path.Combine(host.ContentRootPath, options.Value.Folder);
    private readonly Lock reading = new();
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
            if (info.Length > LongestFile)
            {
                return Wrong("A definition may have 1 MB at most.");
            }

            var definition = JsonSerializer.Deserialize<DatasetDefinition>(File.ReadAllBytes(info.FullName), Json);
            return definition is null
                ? Wrong("The file holds no definition.")
                : Checked(file, definition.Name.Length > 0 ? definition : definition with { Name = name });
        }
        catch (JsonException wrong)
        {
            return Wrong(InWords(wrong));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Wrong($"The file cannot be read: {unreadable.Message}");
        }
    }

    private static DefinitionFile Checked(string file, DatasetDefinition definition) =>
        new(file, definition, DefinitionCheck.Fault(definition) is { } fault ? $"{file}: {fault}" : null);

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

    private static string InWords(JsonException wrong)
    {
        var member = wrong.Path is { Length: > 2 } path ? $" at `{path[2..]}`" : "";
        var line = wrong.LineNumber is { } number ? $" in line {number + 1}" : "";
        var said = wrong.Message.Split(" Path:")[0];
        return wrong.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? $"There is no such member{member}{line}."
            : $"This is not a definition{member}{line}: {said}";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} dataset definitions in {Folder}")]
    private static partial void LogRead(ILogger logger, int count, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dataset definition {File} cannot be used: {Reason}")]
    private static partial void LogWrong(ILogger logger, string file, string reason);
}
