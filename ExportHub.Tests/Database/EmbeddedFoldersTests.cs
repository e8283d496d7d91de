using System.Text;
using ExportHub.Database.Embedded;

namespace ExportHub.Tests.Database;

public sealed class EmbeddedFoldersTests
{
    [Fact]
    public void The_socket_lies_in_the_data_folder_when_its_path_is_short()
    {
        var folder = TestServer.NewFolder();

        Assert.Equal($"{folder}/s", EmbeddedFolders.Choose(folder, "postgres").Socket);
    }

    [Theory]
    [InlineData("a-very-long-folder-name-that-somebody-thought-was-a-good-idea/and-another-one-below-it-for-the-department/data")]
    [InlineData("with blank, comma; and ü")]
    public void A_path_that_a_socket_cannot_have_leads_to_a_short_folder_that_is_always_the_same(string name)
    {
        var folder = Path.Combine(TestServer.NewFolder(), name);
        var socket = EmbeddedFolders.Choose(folder, "postgres").Socket;

        Assert.Matches("^/tmp/exporthub-[0-9a-f]{16}$", socket);
        Assert.True(Encoding.UTF8.GetByteCount(socket + "/.s.PGSQL.5432") <= 107);
        Assert.Equal(socket, EmbeddedFolders.Choose(folder, "postgres").Socket);
    }

    [Fact]
    public async Task A_server_runs_in_a_folder_with_an_awkward_name()
    {
        var parent = TestServer.NewFolder();
        await using var server = TestServer.Describe(Path.Combine(parent, "it's a \"long\" $(name), with blanks; " + new string('x', 100)));
        try
        {
            await server.StartAsync(CancellationToken.None);

            Assert.Equal(1, await RunningServer.AskAsync<int>(server, "SELECT 1"));
        }
        finally
        {
            await server.StopAsync(CancellationToken.None);
            server.Folders.Delete();
            Directory.Delete(parent, recursive: true);
        }
    }

    [RootFact]
    public async Task A_folder_that_the_server_user_cannot_enter_is_replaced_by_one_of_the_system()
    {
        var closed = Directory.CreateDirectory(TestServer.NewFolder());
        SystemCommand.Run("chmod", "700", closed.FullName);
        await using var server = TestServer.Describe(Path.Combine(closed.FullName, "data", "postgres"));
        try
        {
            await server.StartAsync(CancellationToken.None);

            Assert.True(server.Folders.Moved);
            Assert.StartsWith("/var/lib/exporthub/", server.Folders.Root, StringComparison.Ordinal);
            Assert.Equal(1, await RunningServer.AskAsync<int>(server, "SELECT 1"));
            Assert.Empty(closed.EnumerateFileSystemInfos());
        }
        finally
        {
            await server.StopAsync(CancellationToken.None);
            server.Folders.Delete();
            closed.Delete(recursive: true);
        }
    }

    [RootFact]
    public void A_socket_folder_that_somebody_else_has_made_is_refused()
    {
        var folders = EmbeddedFolders.Choose(TestServer.NewFolder() + " blank", "postgres");
        Directory.CreateDirectory(folders.Socket);
        SystemCommand.Run("chown", "65534", folders.Socket);
        try
        {
            var refused = Assert.Throws<InvalidOperationException>(folders.Prepare);

            Assert.Contains(folders.Socket, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            folders.Delete();
        }
    }

    [RootFact]
    public void Root_runs_what_an_ordinary_user_has_made_as_that_user()
    {
        var cluster = Directory.CreateDirectory(TestServer.NewFolder());
        try
        {
            SystemCommand.Run("chown", "65534:65534", cluster.FullName);

            Assert.Equal(65534, ServerUser.Choose("postgres", cluster.FullName).Id);
            Assert.NotEqual(65534, ServerUser.Choose("postgres", cluster.FullName + "-none").Id);
        }
        finally
        {
            cluster.Delete();
        }
    }

    [RootFact]
    public void A_missing_server_user_is_explained()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => EmbeddedFolders.Choose(TestServer.NewFolder(), "nobody-of-that-name"));

        Assert.Contains("Database:ServerUser", missing.Message, StringComparison.Ordinal);
    }
}
