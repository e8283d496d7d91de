using ExportHub.Tests.Browser;

namespace ExportHub.Tests.Hostile;

/// <summary>Markup that is kept, in whatever place, is text on every page that shows it, in a real browser.</summary>
[Collection(BrowserTests.Name)]
public sealed class StoredMarkupTests(BrowserApp browser, MarkupSite site) : IClassFixture<MarkupSite>
{
    /// <summary>Where the words of a dataset and of its export are read.</summary>
    private static readonly IReadOnlyList<(string Page, string Shown)> Places =
    [
        ("/", "Title {0}"), ("/", "About {0}"), ("/request/{dataset}", "Note {0}"), ("/request/{dataset}", "Title {0}"), ("/request/{dataset}?from={export}", "{0}"),
        ("/exports/{export}", "Note {0} is {0}"), ("/exports", "Title {0}"), ("/exports?dataset={dataset}", "Title {0}"), ("/admin/datasets", "Title {0}"), ("/verify?export={export}", ".csv"),
    ];

    public static TheoryData<string, string, string> Shown
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var (page, shown) in Places)
            {
                foreach (var markup in Attacks.FewMarkup)
                {
                    all.Add(page, shown, markup);
                }
            }

            return all;
        }
    }

    public static TheoryData<string> Markup => [.. Attacks.FewMarkup];

    [BrowserTheory]
    [MemberData(nameof(Shown))]
    public async Task In_a_dataset_and_its_export(string page, string shown, string markup)
    {
        var (dataset, export) = await site.StageAsync(markup);
        await using var visitor = await site.VisitAsync(browser);

        await visitor.GoAsync(page.Replace("{dataset}", dataset, StringComparison.Ordinal).Replace("{export}", export.ToString(), StringComparison.Ordinal));

        var words = shown.Replace("{0}", markup, StringComparison.Ordinal);
        // In this table the words of administrators stand among ours.
        await (page == "/admin/datasets" ? visitor.AssertPlainTextAsync(words) : visitor.AssertTextAsync(words));
    }

    [BrowserTheory]
    [MemberData(nameof(Markup))]
    public async Task In_the_criteria_that_the_audit_keeps(string markup)
    {
        var (_, export) = await site.StageAsync(markup);
        await using var visitor = await site.VisitAsync(browser);

        await visitor.GoAsync($"/admin/audit?export={export}");
        await visitor.Page.Locator("details summary").Last.ClickAsync();

        // As JSON, in which a quotation mark is escaped.
        await visitor.AssertPlainTextAsync(markup.Replace("\"", "\\\"", StringComparison.Ordinal));
    }

    [BrowserTheory]
    [MemberData(nameof(Markup))]
    public async Task In_the_reason_for_which_a_dataset_is_broken(string markup)
    {
        await site.WriteAsync("broken", new { title = "Broken", query = $"SELECT {MarkupSite.Quoted(markup)}::int AS id" });
        await using var visitor = await site.VisitAsync(browser);

        await visitor.GoAsync("/");

        await visitor.AssertTextAsync(markup);
    }

    [BrowserTheory]
    [MemberData(nameof(Markup))]
    public async Task In_a_failure_and_the_name_of_a_file(string markup)
    {
        var failed = await StagedExport.QueuedAsync(site.App, title: "Title " + markup);
        await failed.FailedAsync($"Broke at {markup.Replace("'", "''", StringComparison.Ordinal)}");
        var completed = await StagedExport.QueuedAsync(site.App);
        var quoted = markup.Replace("'", "''", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        await completed.CompletedAsync($"""["Warned of {quoted}"]""", fileName: markup.Replace("'", "''", StringComparison.Ordinal));
        await using var visitor = await site.VisitAsync(browser);

        await visitor.GoAsync(failed.Address);
        await visitor.AssertTextAsync("Broke at " + markup);
        await visitor.GoAsync("/admin/operations");
        await visitor.AssertTextAsync("Broke at " + markup);
        await visitor.GoAsync(completed.Address);
        await visitor.AssertTextAsync("Warned of " + markup);
    }

    [BrowserTheory]
    [MemberData(nameof(Markup))]
    public async Task In_the_error_of_a_database_on_the_pages_of_the_job_engine(string markup)
    {
        if (site.Dashboard is not { } dashboard)
        {
            return;
        }

        var export = await site.FailAsync(markup);
        await using var visitor = await site.VisitAsync(browser);

        await visitor.GoAsync($"/exports/{export}");
        await visitor.AssertHarmlessAsync();
        await visitor.GoAsync(dashboard + "/jobs/failed");
        await visitor.AssertTextAsync(markup);
        await visitor.Page.Locator("a[href*='/jobs/details/']").First.ClickAsync();
        await visitor.Page.Locator("text=invalid input syntax").First.WaitForAsync();
        await visitor.AssertTextAsync(markup);
    }
}
