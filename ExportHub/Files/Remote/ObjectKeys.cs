namespace ExportHub.Files.Remote;

/// <summary>The keys that names have in a store of objects, where a name is text and leads nowhere, and yet is held to what a folder would allow.</summary>
/// <param name="prefix">What every key begins with; may be empty.</param>
internal sealed class ObjectKeys(string prefix)
{
    public string Prefix => prefix;

    /// <summary>Names are made by the server; one that leads out of the prefix is a bug.</summary>
    public string Of(string name) => IsName(name) ? prefix + name : throw new ArgumentException($"'{name}' is no file name of this store.", nameof(name));

    /// <summary>Null for what is none of ours.</summary>
    public string? NameOf(string key) => key.StartsWith(prefix, StringComparison.Ordinal) && IsName(key[prefix.Length..]) ? key[prefix.Length..] : null;

    private static bool IsName(string name) =>
        name.Split('/').All(segment => segment.Length > 0 && segment[0] != '.') && !name.Any(letter => letter == '\\' || char.IsControl(letter));
}
