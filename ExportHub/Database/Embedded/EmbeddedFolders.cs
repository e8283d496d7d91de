using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ExportHub.Database.Embedded;

/// <summary>Where the embedded server keeps its things, known before anything is started.</summary>
/// <param name="Root">Private to the server's user.</param>
/// <param name="Socket">Holds the Unix socket.</param>
/// <param name="Moved">True when the wanted folder lies where the server's user cannot enter.</param>
internal sealed partial record EmbeddedFolders(string Root, string Socket, ServerUser User, bool Moved)
{
    /// <summary>A Unix socket's path has 107 bytes on Linux and 103 on macOS.</summary>
    private const int LongestSocket = 103;

    private const string SocketName = "/.s.PGSQL.5432";
    private const string SystemFolder = "/var/lib/exporthub";

    public string Cluster => Path.Combine(Root, "cluster");

    public string Log => Path.Combine(Root, "server.log");

    /// <summary>Held while the server is started or stopped.</summary>
    public string StartLock => Path.Combine(Root, "start.lock");

    /// <summary>Shared by every app that uses the server; who can take it alone is the last one.</summary>
    public string AppsLock => Path.Combine(Root, "apps.lock");

    /// <summary>The same wanted folder always gives the same answer, so that two apps meet in one server.</summary>
    public static EmbeddedFolders Choose(string wanted, string serverUser)
    {
        var root = Path.GetFullPath(wanted);
        var user = ServerUser.Choose(serverUser, Path.Combine(root, "cluster"));
        if (user.CanEnter(PrivateFolder.NearestExisting(Path.GetDirectoryName(root) ?? root)))
        {
            return new EmbeddedFolders(root, SocketFor(root), user, Moved: false);
        }

        var moved = $"{SystemFolder}/{Hash(root)}";
        return new EmbeddedFolders(moved, SocketFor(moved), user, Moved: true);
    }

    /// <summary>Makes the folders and the locks, and hands them to the server's user.</summary>
    public void Prepare()
    {
        PrivateFolder.Prepare(Root, User);
        PrivateFolder.Prepare(Socket, User);
        foreach (var file in (string[])[StartLock, AppsLock])
        {
            if (!File.Exists(file))
            {
                File.Open(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
                PrivateFolder.HandOver(file, User);
            }
        }
    }

    public void Delete()
    {
        foreach (var folder in (string[])[Socket, Root])
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static string SocketFor(string root)
    {
        var inside = $"{root}/s";
        var fits = Encoding.UTF8.GetByteCount(inside + SocketName) <= LongestSocket;
        // A comma would be a list of hosts in a connection string, a space would end an option of the server.
        return fits && (OperatingSystem.IsWindows() || PlainPath().IsMatch(inside)) ? inside
            : OperatingSystem.IsWindows() ? Path.Combine(Path.GetTempPath(), $"exporthub-{Hash(root)}")
            : $"/tmp/exporthub-{Hash(root)}";
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];

    [GeneratedRegex("^[A-Za-z0-9/._-]+$")]
    private static partial Regex PlainPath();
}
