using System.Text.RegularExpressions;

namespace ExportHub.Tests.Pages;

/// <summary>What a browser has to load for one page, counted as it lies on the disk.</summary>
public sealed partial class WeightTests
{
    private const int MostBytes = 60_000;

    private static readonly string Room = Path.Combine(Repository.Root, "ExportHub", "Pages");

    [Fact]
    public void No_page_needs_more_than_60_KB_of_styles_and_scripts()
    {
        var frame = Named(Path.Combine(Room, "Shared", "_Layout.cshtml"));
        var pages = Directory.EnumerateFiles(Room, "*.cshtml", SearchOption.AllDirectories).Select(page => (page, Bytes: Weight([.. frame, .. Named(page)]))).ToList();

        Assert.Contains("site.css", frame);
        Assert.All(pages, page => Assert.True(page.Bytes <= MostBytes, $"{page.page} loads {page.Bytes} bytes."));
    }

    [Fact]
    public void What_a_script_brings_with_it_is_counted() => Assert.Superset(new HashSet<string> { "status.js", "words.js", "words.de.js" }, Loaded(["status.js"]));

    private static long Weight(IEnumerable<string> files) => Loaded(files).Sum(file => new FileInfo(Path.Combine(Repository.Root, "wwwroot", file)).Length);

    private static IEnumerable<string> Named(string page) =>
        from Match match in Source().Matches(File.ReadAllText(page)) select match.Groups["file"].Value;

    /// <summary>The files and all that they import, at the start or later, each once.</summary>
    private static HashSet<string> Loaded(IEnumerable<string> files)
    {
        var loaded = new HashSet<string>();
        var left = new Stack<string>(files);
        while (left.TryPop(out var file))
        {
            if (loaded.Add(file))
            {
                foreach (Match import in Import().Matches(File.ReadAllText(Path.Combine(Repository.Root, "wwwroot", file))))
                {
                    left.Push(import.Groups["file"].Value);
                }
            }
        }

        return loaded;
    }

    [GeneratedRegex(@"(?:src|href)=""~/(?<file>[^""]+\.(?:js|css))""")]
    private static partial Regex Source();

    [GeneratedRegex(@"(?:from |import\()'\./(?<file>[^']+\.js)'")]
    private static partial Regex Import();
}
