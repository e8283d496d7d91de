using System.Net;
using ExportHub.Access;
using ExportHub.Tests.Access;
using ExportHub.Tests.Hostile;

namespace ExportHub.Tests.Pages.Datasets;

/// <summary>What administrators see when they look as somebody else, and that nobody else does.</summary>
public sealed class TestDatasetTests(RightsApp site) : IClassFixture<RightsApp>
{
    [Fact]
    public async Task Looking_as_somebody_shows_their_rows_and_columns_and_is_audited()
    {
        var page = await site.App.PageAsync("/admin/datasets/deals/test?person=anna");

        Assert.Equal([["1", "EU", "10"], ["5", "EU", "50"]], page.QuerySelectorAll(".sample tbody tr").Select(row => row.Children.Select(cell => cell.TextContent)));
        Assert.Equal(["Id", "Region", "Amount"], page.QuerySelectorAll(".sample th").Select(title => title.TextContent));
        var said = page.Said();
        Assert.Contains("$1 = EU", said, StringComparison.Ordinal);
        Assert.Contains("Most rows of one export3", said, StringComparison.Ordinal);
        Assert.Contains("Columns that are not there for annaIBAN", said, StringComparison.Ordinal);
        Assert.Equal(1, await site.App.Database.CountAsync("SELECT count(*) FROM exporthub.audit WHERE act = 'dataset_tested' AND dataset = 'deals' AND subject = 'anna'"));
    }

    [Theory]
    [InlineData("cleo", "For cleo there is no such dataset.")]
    [InlineData("dora", "May exportno")]
    [InlineData("bert", "Rowsall")]
    public async Task It_says_what_each_may(string person, string sentence) =>
        Assert.Contains(sentence, (await site.App.PageAsync($"/admin/datasets/deals/test?person={person}")).Said(), StringComparison.Ordinal);

    [Fact]
    public async Task Nobody_but_administrators_reads_or_sends_any_of_it()
    {
        foreach (var client in new[] { await site.Access.SignedInAsync("anna"), await site.Access.WithTokenAsync(FirstAdministrator.Name, Scopes.Export) })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, "/admin/datasets"));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, "/admin/datasets/deals?handler=file"));
            var token = await PageForms.TokenAsync(client);
            var sent = await PageForms.SendAsync(client, "/admin/datasets/new/form", [new(PageForms.Token, token), new("act", "preview"), new("query", "SELECT 1 AS a")]);
            Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address) => (await client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode switch
    {
        // Who signed in is led to the page that says so.
        HttpStatusCode.Redirect => HttpStatusCode.Forbidden,
        var status => status,
    };
}
