using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>The request form under the hands of people.</summary>
[Collection(BrowserTests.Name)]
public sealed class RequestFormTests(BrowserApp browser)
{
    private static readonly Regex StatusAddress = new("/exports/[0-9a-f-]{36}$");

    [BrowserFact]
    public async Task Errors_stand_beside_their_fields_and_in_a_summary_that_has_the_focus_and_everything_typed_is_kept()
    {
        await using var visitor = await FormAsync();
        await visitor.Button("None").ClickAsync();
        await visitor.Field("Add a filter on").SelectOptionAsync("Amount");
        await visitor.Field("Value for Amount").FillAsync("a lot");
        await visitor.Field("At most this many rows").FillAsync("many");
        await visitor.Field("At most this many rows").PressAsync("Enter");

        await Expect(visitor.Page).ToHaveTitleAsync(new Regex("^Error: "));
        await Expect(visitor.Page.Locator("#error-summary")).ToBeFocusedAsync();
        await Expect(visitor.Page.Locator("#error-summary a")).ToHaveCountAsync(3);
        await Expect(visitor.Field("At most this many rows")).ToHaveValueAsync("many");
        await Expect(visitor.Field("At most this many rows")).ToHaveAccessibleDescriptionAsync(new Regex("^Error: "));
        await Expect(visitor.Field("Value for Amount")).ToHaveValueAsync("a lot");
        await Expect(visitor.Page.GetByRole(AriaRole.Group, new() { Name = "Filter on Amount" })).ToContainTextAsync("Error: ");
        await Expect(visitor.Field("Customer")).Not.ToBeCheckedAsync();
        foreach (var field in new[] { "#columns", "#filter-0-value", "#limit" })
        {
            await visitor.Page.Locator($"#error-summary a[href='{field}']").ClickAsync();
            await Expect(visitor.Page.Locator(field)).ToBeFocusedAsync();
        }
    }

    [BrowserFact]
    public async Task What_is_chosen_is_taken_along_to_where_it_is_said_when_and_stands_here_again_on_the_way_back()
    {
        await using var visitor = await FormAsync(limit: 817);
        await visitor.Button("Schedule").ClickAsync();

        await Expect(visitor.Heading("New schedule")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#what")).ToContainTextAsync("At most 817 rows");
        await Expect(visitor.Field("Time zone")).ToHaveValueAsync("Europe/Berlin");
        await Expect(visitor.Page.Locator("#next-runs li")).ToHaveCountAsync(5);
        Assert.Empty(visitor.Complaints);
        await visitor.Page.GoBackAsync();
        await Expect(visitor.Field("At most this many rows")).ToHaveValueAsync("817");
    }

    [BrowserFact]
    public async Task The_address_follows_the_choices_and_opened_by_another_it_shows_them()
    {
        await using var visitor = await FormAsync(limit: 816);
        await visitor.Field("Id").UncheckAsync();
        await visitor.Field("Add a filter on").SelectOptionAsync("Customer");
        await visitor.Field("Value for Customer").FillAsync("a|b\\c & d");
        await visitor.Field("Add a filter on").SelectOptionAsync("Status");
        await visitor.Page.Locator("#filter-1-op").SelectOptionAsync("in");
        await visitor.Page.GetByLabel("paid").CheckAsync();
        await visitor.Page.Locator("#filter-0-group").SelectOptionAsync("A");
        await Expect(visitor.Page.Locator(".any .filter")).ToHaveCountAsync(1);
        await visitor.Field("A recent period").CheckAsync();
        await visitor.Field("Sort by").SelectOptionAsync("Customer");
        await visitor.Field("Direction").SelectOptionAsync("true");
        await visitor.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^CSV") }).CheckAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("format=csv"));

        await using var other = await browser.VisitAsync();
        await other.GoAsync(visitor.Page.Url);

        await Expect(other.Page.Locator("#unused")).ToHaveCountAsync(0);
        await Expect(other.Page.Locator("#error-summary")).ToHaveCountAsync(0);
        await Expect(other.Field("Value for Customer")).ToHaveValueAsync("a|b\\c & d");
        await Expect(other.Page.Locator("#filter-1-group")).ToHaveValueAsync("A");
        await Expect(other.Page.GetByLabel("paid")).ToBeCheckedAsync();
        await Expect(other.Field("Id")).Not.ToBeCheckedAsync();
        await Expect(other.Field("Direction")).ToHaveValueAsync("true");
        await Expect(other.Field("At most this many rows")).ToHaveValueAsync("816");
        await Expect(other.Page.Locator("#time-zone")).ToHaveValueAsync("Europe/Berlin");
        await Expect(other.Page.Locator("#relative-hint")).ToContainTextAsync("Europe/Berlin");
        Assert.Empty(visitor.Complaints.Concat(other.Complaints));
    }

    [BrowserFact]
    public async Task A_file_fills_the_list_of_its_filter_and_the_periods_are_those_of_the_time_zone()
    {
        await using var visitor = await FormAsync();
        await visitor.Field("Add a filter on").SelectOptionAsync("Id");
        await visitor.Page.Locator("#filter-0-op").SelectOptionAsync("in");
        await visitor.Field("Or from a CSV file").SetInputFilesAsync(new FilePayload { Name = "ids.csv", MimeType = "text/csv", Buffer = "id\n5\n6\n5\n"u8.ToArray() });
        await Expect(visitor.Page.Locator("#filters [role=status]")).ToHaveTextAsync("2 values were taken from ids.csv. Left out as repeated: 1.");
        await Expect(visitor.Page.Locator("#filter-0-value")).ToHaveValueAsync("5\n6");

        await visitor.Field("A recent period").CheckAsync();
        await Expect(visitor.Page.Locator("#relative-hint")).ToContainTextAsync("Europe/Berlin");
        Assert.Empty(visitor.Complaints);
    }

    [BrowserFact]
    public async Task A_double_click_makes_one_export()
    {
        await using var visitor = await FormAsync(limit: 811);

        await visitor.Button("Start export").DblClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(StatusAddress);
        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();

        Assert.Single(visitor.Requests, request => request.Method == "POST" && !request.Url.EndsWith("/preview", StringComparison.Ordinal));
        Assert.Equal(1, await CountAsync(811));
    }

    [BrowserFact]
    public async Task Back_shows_the_form_as_it_was_and_sending_it_again_makes_no_second_export()
    {
        await using var visitor = await FormAsync(limit: 812);
        await visitor.Field("Id").UncheckAsync();
        await visitor.Button("Move Amount up").ClickAsync();
        await visitor.Button("Move Amount up").ClickAsync();
        await visitor.Button("Move Amount up").ClickAsync();
        await visitor.Field("Add a filter on").SelectOptionAsync("Customer");
        await visitor.Field("Value for Customer").FillAsync("Customer 1");
        await visitor.Button("Start export").ClickAsync();
        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();
        var made = visitor.Page.Url;

        await visitor.Page.GoBackAsync();
        await Expect(visitor.Field("At most this many rows")).ToHaveValueAsync("812");
        await Expect(visitor.Field("Value for Customer")).ToHaveValueAsync("Customer 1");
        await Expect(visitor.Field("Id")).Not.ToBeCheckedAsync();
        await Expect(visitor.Field("Amount")).ToBeCheckedAsync();
        await Expect(visitor.Page.Locator("#columns [data-title]").First).ToHaveTextAsync("Amount");
        await visitor.Button("Start export").ClickAsync();

        await Expect(visitor.Page).ToHaveURLAsync(made);
        Assert.Equal(1, await CountAsync(812));
    }

    [BrowserFact]
    public async Task Back_shows_a_form_that_was_corrected_as_it_was_sent()
    {
        await using var visitor = await FormAsync();
        await visitor.Field("At most this many rows").FillAsync("many");
        await visitor.Button("Start export").ClickAsync();
        await Expect(visitor.Page.Locator("#error-summary")).ToBeFocusedAsync();
        await visitor.Field("At most this many rows").FillAsync("815");
        await visitor.Field("Sort by").SelectOptionAsync("Customer");
        await Expect(visitor.Field("Direction")).ToBeVisibleAsync();
        await visitor.Button("Start export").ClickAsync();
        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();
        var made = visitor.Page.Url;

        await visitor.Page.GoBackAsync();
        await Expect(visitor.Field("At most this many rows")).ToHaveValueAsync("815");
        await Expect(visitor.Field("Direction")).ToBeVisibleAsync();
        await visitor.Button("Start export").ClickAsync();

        await Expect(visitor.Page).ToHaveURLAsync(made);
        Assert.Equal(1, await CountAsync(815));
    }

    [BrowserFact]
    public async Task After_back_a_form_with_other_choices_makes_another_export()
    {
        await using var visitor = await FormAsync(limit: 813);
        await visitor.Button("Start export").ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(StatusAddress);

        await visitor.Page.GoBackAsync();
        await visitor.Field("At most this many rows").FillAsync("814");
        await visitor.Button("Start export").ClickAsync();
        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();

        Assert.Equal((1, 1), (await CountAsync(813), await CountAsync(814)));
    }

    [BrowserFact]
    public async Task Columns_move_by_mouse_and_by_keyboard_and_each_move_is_said_aloud()
    {
        await using var visitor = await FormAsync();
        var titles = visitor.Page.Locator("#columns [data-title]");

        await visitor.Page.Locator("li[data-column]", new() { HasText = "Note" }).Locator(".grip")
            .DragToAsync(visitor.Page.Locator("li[data-column]", new() { HasText = "Customer" }).Locator(".grip"), new() { TargetPosition = new() { X = 5, Y = 1 } });
        await Expect(titles).ToHaveTextAsync(["Id", "Ordered at", "Note", "Customer", "Amount", "Status", "Due on"]);
        await Expect(visitor.Page.Locator("#live")).ToHaveTextAsync("Note is now number 3 of 7");
        await visitor.Field("Note").FocusAsync();
        await visitor.Field("Note").PressAsync("Alt+ArrowUp");

        await Expect(titles).ToHaveTextAsync(["Id", "Note", "Ordered at", "Customer", "Amount", "Status", "Due on"]);
        await Expect(visitor.Field("Note")).ToBeFocusedAsync();
        await visitor.Button("Move Note up").ClickAsync();
        await Expect(titles.First).ToHaveTextAsync("Note");
        await Expect(visitor.Button("Move Note down")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_filter_follows_its_operator_keeps_what_was_typed_and_can_be_removed()
    {
        await using var visitor = await FormAsync();
        await visitor.Field("Add a filter on").SelectOptionAsync("Amount");
        await Expect(visitor.Field("Condition for Amount")).ToBeFocusedAsync();
        await visitor.Field("Value for Amount").FillAsync("100");
        await visitor.Field("Condition for Amount").SelectOptionAsync("is between");
        await Expect(visitor.Field("From for Amount")).ToHaveValueAsync("100");
        await Expect(visitor.Field("To for Amount")).ToBeVisibleAsync();

        await visitor.Button("Remove filter on Amount").ClickAsync();

        await Expect(visitor.Page.Locator(".filter")).ToHaveCountAsync(0);
        await Expect(visitor.Field("Add a filter on")).ToBeFocusedAsync();
        Assert.Empty(visitor.Complaints);
    }

    private async Task<Visitor> FormAsync(int? limit = null)
    {
        var visitor = await browser.VisitAsync();
        await visitor.GoAsync("/request/orders");
        if (limit is not null)
        {
            await visitor.Field("At most this many rows").FillAsync($"{limit}");
        }

        return visitor;
    }

    private async Task<int> CountAsync(int limit)
    {
        await using var command = browser.App.Database.Pool.CreateCommand("SELECT count(*)::int FROM exporthub.export WHERE criteria->>'limit' = $1");
        command.Parameters.AddWithValue($"{limit}");
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
