using ExportHub.Database.Embedded;

namespace ExportHub.Tests.Database;

public sealed class PostgresBinariesTests
{
    [Fact]
    public void The_usual_places_have_them()
    {
        var binaries = PostgresBinaries.Find(null, PostgresBinaries.UsualPlaces(), null);

        Assert.True(binaries.Major >= PostgresBinaries.OldestMajor);
        Assert.True(File.Exists(binaries["initdb"]));
        Assert.Equal(binaries, PostgresBinaries.Find(binaries.Folder, [], binaries.Major));
    }

    [Fact]
    public void None_at_all_says_what_to_install_or_to_set()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => PostgresBinaries.Find(null, [Path.GetTempPath(), "/nowhere"], null));

        Assert.Contains("apt-get install postgresql`", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Database:BinaryFolder", missing.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:ExportHub", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_setting_is_named()
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => PostgresBinaries.Find("/nowhere", PostgresBinaries.UsualPlaces(), null));

        Assert.Contains("The setting Database:BinaryFolder is \"/nowhere\"", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_folder_of_another_version_asks_for_that_version()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => PostgresBinaries.Find(null, PostgresBinaries.UsualPlaces(), 9));

        Assert.Contains("apt-get install postgresql-9`", missing.Message, StringComparison.Ordinal);
    }
}
