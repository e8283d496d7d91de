using System.Globalization;

namespace ExportHub.Database.Embedded;

/// <summary>Whom the server runs as. PostgreSQL refuses to run as root, so root hands the server to another user.</summary>
/// <param name="Name">Null when the server runs as the app's own user.</param>
internal sealed record ServerUser(string? Name, int Id, int Group)
{
    private static readonly ServerUser Windows = new(null, 0, 0);

    /// <summary>The owner of <paramref name="cluster"/> when root starts what an ordinary user has made, so that this user can go on using it.</summary>
    /// <exception cref="InvalidOperationException">Started as root and there is no user to drop to.</exception>
    public static ServerUser Choose(string name, string cluster)
    {
        if (OperatingSystem.IsWindows())
        {
            return Windows;
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerUser(null, Ask("-u", "id"), Ask("-g", "id"));
        }

        return FolderOwner.Of(cluster) is { Id: > 0 } owner
            ? new ServerUser(NameOf(owner.Id), owner.Id, owner.Group)
            : new ServerUser(name, Ask("-u", "id", name), Ask("-g", "id", name));
    }

    /// <summary>The command that runs <paramref name="program"/> as this user.</summary>
    public IReadOnlyList<string> Command(string program, params IEnumerable<string> arguments)
    {
        if (Name is null)
        {
            return [program, .. arguments];
        }

        return HasSetpriv.Value
            ? ["setpriv", $"--reuid={Id}", $"--regid={Group}", "--clear-groups", program, .. arguments]
            : ["su", Name, "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", program, .. arguments];
    }

    /// <summary>Whether this user reaches what lies in an existing folder.</summary>
    public bool CanEnter(string folder) => Name is null || SystemCommand.Run([.. Command("test", "-x", folder)]).Succeeded;

    // Busybox has a setpriv that cannot change the user.
    private static readonly Lazy<bool> HasSetpriv = new(() =>
        SystemCommand.Run("setpriv", "--reuid=0", "--regid=0", "--clear-groups", "true").Succeeded);

    private static string NameOf(int id) => SystemCommand.Run("id", "-un", id.ToString(CultureInfo.InvariantCulture)).Output;

    private static int Ask(string option, string program, params string[] user)
    {
        var answer = SystemCommand.Run([program, option, .. user]);
        return answer.Succeeded
            ? int.Parse(answer.Output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException(
                $"PostgreSQL does not run as root, and there is no user \"{string.Join(' ', user)}\" to run it as: start ExportHub as an ordinary user, "
                + "name an existing user in the setting Database:ServerUser, or name a database of your own in ConnectionStrings:ExportHub.");
    }
}
