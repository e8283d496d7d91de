using System.Globalization;

namespace ExportHub.Database.Embedded;

/// <summary>Folders that only the server's user may enter.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder, or takes the one that is there if it is the server user's own.</summary>
    /// <exception cref="InvalidOperationException">Something of that name belongs to somebody else, who could listen there in our place.</exception>
    public static void Prepare(string folder, ServerUser user)
    {
        MakePassable(Path.GetDirectoryName(folder));
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        if (FolderOwner.Of(folder) is not { } owner || owner.Mode[0] != 'd' || (owner.Id != user.Id && (owner.Id != 0 || user.Name is null)))
        {
            throw new InvalidOperationException(
                $"The folder {folder} does not belong to the user who runs PostgreSQL: start ExportHub as its owner, remove it, "
                + "or choose another data folder with the setting Database:Folder.");
        }

        HandOver(folder, user);
        File.SetUnixFileMode(folder, OwnerOnly);
    }

    /// <summary>Nothing to do unless the server runs as somebody else.</summary>
    public static void HandOver(string path, ServerUser user)
    {
        if (user.Name is null)
        {
            return;
        }

        var owner = string.Create(CultureInfo.InvariantCulture, $"{user.Id}:{user.Group}");
        if (SystemCommand.Run("chown", "-h", owner, path) is { Succeeded: false } failed)
        {
            throw new InvalidOperationException($"{path} cannot be handed to the user {user.Name}, who runs PostgreSQL: {failed.Output}");
        }
    }

    public static string NearestExisting(string folder) =>
        Directory.Exists(folder) || Path.GetDirectoryName(folder) is not { } parent ? folder : NearestExisting(parent);

    // Whatever the umask is, the server's user must get through what we make on the way.
    private static void MakePassable(string? folder)
    {
        if (folder is null || Directory.Exists(folder))
        {
            return;
        }

        MakePassable(Path.GetDirectoryName(folder));
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, Passable);
        }
    }
}
