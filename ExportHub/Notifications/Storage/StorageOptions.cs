namespace ExportHub.Notifications.Storage;

/// <summary>Settings under `Storage`.</summary>
internal sealed class StorageOptions
{
    /// <summary>Folders that targets may lie in, separated by commas. None means that files go to no folder.</summary>
    public string? Folders { get; set; }

    internal IReadOnlyList<string> Allowed => [.. (Folders ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath)];

    internal static bool AreWhole(StorageOptions options) =>
        (options.Folders ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).All(Path.IsPathFullyQualified);
}
