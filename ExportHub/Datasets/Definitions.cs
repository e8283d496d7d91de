namespace ExportHub.Datasets;

/// <summary>All definitions, of the folder and of the database. A name in the folder wins, so that whoever looks after the machine has the last word.</summary>
internal sealed class Definitions(DefinitionFolder folder, StoredDefinitions stored)
{
    /// <summary>What counts, wrong ones too; the same objects as at the last call where nothing has changed.</summary>
    public IReadOnlyList<DefinitionFile> Read()
    {
        var files = folder.Read();
        return stored.Read() is { Count: > 0 } others ? [.. files, .. others.Where(other => Winner(files, other) is null)] : files;
    }

    /// <summary>Null when no definition has that name.</summary>
    public DefinitionFile? Find(string name) => Read().FirstOrDefault(file => file.Definition.Name == name);

    /// <summary>What is stored and does not count, with the file that has its name.</summary>
    public IReadOnlyList<(DefinitionFile Stored, DefinitionFile Winner)> Unused()
    {
        var files = folder.Read();
        return [.. from other in stored.Read() let winner = Winner(files, other) where winner is not null select (other, winner)];
    }

    private static DefinitionFile? Winner(IReadOnlyList<DefinitionFile> files, DefinitionFile stored) =>
        files.FirstOrDefault(file => file.Definition.Name == stored.Definition.Name);
}
