namespace ExportHub.Tests.Files.Servers;

/// <summary>Packages of node that tests need: in the folder that EXPORTHUB_TEST_NPM names, as `npm root -g` prints it, or among the global ones beside `node`.</summary>
internal static class NodePackages
{
    public static string? Node { get; } = Programs("node", "node.exe").FirstOrDefault();

    /// <summary>The folder that holds the package; null where it, or node, is missing.</summary>
    public static string? FolderWith(string package) =>
        Node is null ? null : Folders().FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, package)));

    /// <summary>Why a test with this package cannot run here; null when it can.</summary>
    public static string? Missing(string package) =>
        FolderWith(package) is null ? $"Needs node and `npm install -g {package}@3`, or EXPORTHUB_TEST_NPM with the folder of its packages." : null;

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("EXPORTHUB_TEST_NPM") is { Length: > 0 } named)
        {
            yield return named;
        }

        foreach (var program in Programs("npm", "npm.cmd", "node", "node.exe"))
        {
            yield return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(program)!, "..", "lib", "node_modules"));
            yield return Path.Combine(Path.GetDirectoryName(program)!, "node_modules");
        }
    }

    private static IEnumerable<string> Programs(params string[] names) =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        from name in names
        let path = Path.Combine(folder, name)
        where File.Exists(path)
        select path;
}

/// <summary>A test with a server that speaks S3; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class S3FactAttribute : FactAttribute
{
    public S3FactAttribute() => Skip = NodePackages.Missing("s3rver");
}

/// <summary>A test with a server that speaks as Azure Blob Storage; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AzureFactAttribute : FactAttribute
{
    public AzureFactAttribute() => Skip = NodePackages.Missing("azurite");
}
