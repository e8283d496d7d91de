using ExportHub.Language;

namespace ExportHub.Notifications.Storage;

/// <summary>Which folders files may be put into: those of the setting and what lies in them, and nothing that a link leads to.</summary>
internal static class FolderRule
{
    /// <summary>Why not, as a sentence; null when the folder may be used. Whether it is there is another question.</summary>
    public static string? Refuse(string? folder, IReadOnlyList<string> allowed)
    {
        if (string.IsNullOrWhiteSpace(folder) || folder.Any(char.IsControl) || !Path.IsPathFullyQualified(folder))
        {
            return Text.Of("Give the whole path of a folder, such as /mnt/reports.");
        }

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var root = allowed.Select(Path.TrimEndingDirectorySeparator).FirstOrDefault(one => path == one || path.StartsWith(one + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        return root is null ? Text.Of("Files may not be put into this folder. An administrator of the machine lists the folders that may be used in the setting Storage:Folders.")
            : LeadsElsewhere(path, root) ? Text.Of("A part of this folder is a link that leads elsewhere, which is not followed.")
            : null;
    }

    private static bool LeadsElsewhere(string path, string root)
    {
        for (var place = new DirectoryInfo(path); place is not null && place.FullName != root; place = place.Parent)
        {
            if (place.LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
