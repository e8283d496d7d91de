using System.Globalization;

namespace ExportHub.Database.Embedded;

/// <summary>Who owns a file or folder (.NET does not tell).</summary>
/// <param name="Mode">As ls prints it, such as `drwx------`; a link is an `l`, never followed.</param>
internal sealed record FolderOwner(string Mode, int Id, int Group)
{
    private const int ModeLength = 10;

    /// <summary>Null when there is nothing of that name.</summary>
    public static FolderOwner? Of(string path)
    {
        // POSIX fixes this line: mode, links, numeric owner, numeric group, …
        var answer = SystemCommand.Run("ls", "-ldn", path);
        return answer.Succeeded && answer.Output.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries) is [{ Length: >= ModeLength } mode, _, var user, var group, _]
            ? new FolderOwner(mode[..ModeLength], int.Parse(user, CultureInfo.InvariantCulture), int.Parse(group, CultureInfo.InvariantCulture))
            : null;
    }
}
