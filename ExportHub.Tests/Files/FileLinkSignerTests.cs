using ExportHub.Files;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Files;

public sealed class FileLinkSignerTests
{
    private static readonly FileLabel Label = new("text/csv", "orders.csv");

    [Fact]
    public async Task A_store_that_hands_out_nothing_has_no_links()
    {
        var folder = Directory.CreateTempSubdirectory("exporthub-files-");
        var signer = new FileLinkSigner(new LocalFileStore(folder.FullName), Options.Create(new FilesOptions { SignedRedirect = TimeSpan.FromMinutes(5) }));

        Assert.Null(await signer.SignAsync("a/1.csv", Label, default));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_label_names_the_file_for_old_programs_and_for_new_ones() =>
        Assert.Equal("attachment; filename=Zo_.csv; filename*=UTF-8''Zo%C3%AB.csv", new FileLabel("text/csv", "Zoë.csv").Disposition);
}
