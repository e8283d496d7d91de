using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ExportHub.Access;
using ExportHub.Tests.RealData;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>From the home page to the file, as somebody who was never here.</summary>
[Collection(BrowserTests.Name)]
public sealed class NewcomerTests(BrowserApp browser)
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>What the rows of <see cref="Orders"/> must be: paid, ordered on 2 to 10 January in Berlin, dearest first.</summary>
    private static readonly IReadOnlyList<(string Customer, double Amount, DateTime OrderedAt)> Expected =
    [
        .. from n in Enumerable.Range(1, 1000)
           let orderedAt = TimeZoneInfo.ConvertTimeFromUtc(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(n), Berlin)
           where n % 3 == 1 && orderedAt >= new DateTime(2026, 1, 2) && orderedAt < new DateTime(2026, 1, 11)
           orderby n descending
           select ($"Customer {n % 50}, Zoë \"Z\" 漢字", n * 1.25, orderedAt),
    ];

    [BrowserFact]
    public async Task A_newcomer_finds_the_way_to_a_csv_file_with_exactly_what_was_asked_for()
    {
        await using var visitor = await browser.StrangerAsync();
        await AskForOrdersAsync(visitor, "CSV");

        var (name, file) = await DownloadAsync(visitor);

        Assert.Matches(@"^orders_.*\.csv$", name);
        Assert.Equal(Encoding.UTF8.Preamble, file.AsSpan(0, 3));
        var (header, rows) = Referee.Read("csv", file[3..]);
        Assert.Equal(["Amount", "Customer", "Ordered at"], header);
        Assert.Equal(
            Expected.Select(row => (row.Amount, row.Customer, row.OrderedAt)),
            rows.Select(row => (
                double.Parse((string)row[0]!, CultureInfo.InvariantCulture),
                (string)row[1]!,
                DateTime.Parse((string)row[2]!, CultureInfo.GetCultureInfo("en-US")))));
        Assert.Empty(visitor.Complaints);
    }

    [BrowserFact]
    public async Task A_newcomer_finds_the_way_to_a_workbook_with_exactly_what_was_asked_for()
    {
        await using var visitor = await browser.StrangerAsync();
        await AskForOrdersAsync(visitor, "Excel");

        var (name, file) = await DownloadAsync(visitor);

        Assert.Matches(@"^orders_.*\.xlsx$", name);
        var (header, rows) = Referee.Read("xlsx", file);
        Assert.Equal(["Amount", "Customer", "Ordered at"], header);
        Assert.Equal(
            Expected.Select(row => (row.Amount, row.Customer, row.OrderedAt)),
            rows.Select(row => ((double)row[0]!, (string)row[1]!, (DateTime)row[2]!)));
        Assert.Empty(visitor.Complaints);
    }

    private static async Task AskForOrdersAsync(Visitor visitor, string format)
    {
        await visitor.GoAsync("/");
        await visitor.SignInAsync(FirstAdministrator.Name, TestApp.AdminPassword);
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Orders", Exact = true }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visitor.Field("Time zone")).ToHaveValueAsync("Europe/Berlin");

        await visitor.Button("None").ClickAsync();
        await visitor.Field("Amount").CheckAsync();
        await visitor.Field("Customer").CheckAsync();
        await visitor.Field("Ordered at").CheckAsync();
        await visitor.Button("Move Amount up").ClickAsync();
        await visitor.Button("Move Amount up").ClickAsync();
        await visitor.Button("Move Customer up").ClickAsync();
        await visitor.Field("Add a filter on").SelectOptionAsync("Status");
        await visitor.Field("Value for Status").SelectOptionAsync("paid");
        await visitor.Field("From – to").CheckAsync();
        await visitor.Field("First day").FillAsync("2026-01-02");
        await visitor.Field("Last day").FillAsync("2026-01-10");
        await visitor.Field("Sort by").SelectOptionAsync("Amount");
        await visitor.Field("Direction").SelectOptionAsync("largest first");
        await visitor.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("^" + format) }).CheckAsync();
        await Expect(visitor.Page.Locator("[data-summary]")).ToContainTextAsync("3 of 7");
        await visitor.Button("Start export").ClickAsync();
    }

    private static async Task<(string Name, byte[] File)> DownloadAsync(Visitor visitor)
    {
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/exports/[0-9a-f-]{36}$"));
        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();
        await Expect(visitor.Page).ToHaveTitleAsync("Ready – Orders – ExportHub");
        await Expect(visitor.Page.Locator(".words")).ToContainTextAsync("Status is paid");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Link("Download").ClickAsync());
        return (download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync()));
    }
}
