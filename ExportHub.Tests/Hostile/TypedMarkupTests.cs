using System.Text;
using ExportHub.Tests.Browser;

namespace ExportHub.Tests.Hostile;

/// <summary>Markup that somebody types, or sends in an address, is text when it is shown back and where it is kept.</summary>
[Collection(BrowserTests.Name)]
public sealed class TypedMarkupTests(BrowserApp browser, MarkupSite site) : IClassFixture<MarkupSite>
{
    private static readonly IReadOnlyList<string> Addresses =
    [
        "/sign-in?returnUrl={0}", "/sign-in?because={0}", "/sign-in?name={0}", "/exports?dataset={0}", "/exports?status={0}", "/exports?before={0}", "/request/orders?from={0}",
        "/request/{0}", "/admin/audit?person={0}", "/admin/audit?act={0}", "/admin/audit?dataset={0}", "/admin/audit?export={0}", "/admin/audit?from={0}",
        "/admin/operations?act={0}", "/admin/operations?act=cancel&export={0}", "/verify?export={0}", "/error/404?{0}", "/account?handler={0}", "/{0}",
    ];

    public static TheoryData<string> Sent => [.. Addresses];

    public static TheoryData<string> Markup => [.. Attacks.FewMarkup];

    /// <summary>What a header can carry.</summary>
    public static TheoryData<string> AsciiMarkup => [.. Attacks.FewMarkup.Where(markup => Ascii.IsValid(markup))];

    [BrowserTheory]
    [MemberData(nameof(Sent))]
    public async Task In_an_address(string address)
    {
        await using var visitor = await site.VisitAsync(browser);

        foreach (var markup in Attacks.FewMarkup)
        {
            await visitor.GoAsync(address.Replace("{0}", Uri.EscapeDataString(markup), StringComparison.Ordinal));

            await visitor.AssertHarmlessAsync();
            Assert.Equal(1, await visitor.Page.Locator("main h1").CountAsync());
        }
    }

    [BrowserFact]
    public async Task As_a_name_at_the_sign_in()
    {
        await using var stranger = await site.StrangerAsync(browser);
        await using var visitor = await site.VisitAsync(browser);
        foreach (var markup in Attacks.Markup)
        {
            await stranger.GoAsync("/sign-in");
            await stranger.Field("Name").FillAsync(markup);
            await stranger.Field("Password").FillAsync(markup);
            await stranger.Button("Sign in").ClickAsync();
            await stranger.Page.Locator("#error-summary").WaitForAsync();
            await stranger.AssertTextAsync(markup);

            await visitor.GoAsync("/admin/audit?act=sign_in_refused");
            await visitor.AssertPlainTextAsync($"“{markup}”");
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Markup))]
    public async Task As_the_reason_of_an_administrator(string markup)
    {
        var export = await StagedExport.QueuedAsync(site.App);
        await using var visitor = await site.VisitAsync(browser);
        await visitor.GoAsync($"/admin/operations?act=cancel&export={export.Id}");
        await visitor.Field("Reason").FillAsync(markup);
        await visitor.Button("Cancel export").ClickAsync();

        await visitor.Page.Locator("#act").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        await visitor.AssertPlainTextAsync($"“{markup}”");
        await visitor.GoAsync($"/admin/audit?export={export.Id}");
        await visitor.AssertPlainTextAsync($"“{markup}”");
    }

    [BrowserTheory]
    [MemberData(nameof(Markup))]
    public async Task As_the_name_of_a_token(string markup)
    {
        await using var visitor = await site.VisitAsync(browser);
        await visitor.GoAsync("/account");
        await visitor.Field("What it is for").FillAsync(markup);
        await visitor.Button("Make a token").ClickAsync();
        await visitor.Page.Locator("#new-token").WaitForAsync();
        await visitor.AssertPlainTextAsync(markup);

        await visitor.GoAsync("/admin/audit?act=token_made");
        await visitor.AssertPlainTextAsync($"“{markup}”");
    }

    [BrowserTheory]
    [MemberData(nameof(Markup))]
    public async Task As_name_role_and_attribute_of_a_person(string markup)
    {
        await using var visitor = await site.VisitAsync(browser);
        await visitor.GoAsync("/admin/users");
        await visitor.Field("Name").FillAsync(markup);
        await visitor.Button("Add").ClickAsync();
        await visitor.Page.Locator("#error-summary").WaitForAsync();
        await visitor.AssertHarmlessAsync();

        await visitor.Field("Name").FillAsync("carla");
        await visitor.Field("Roles").FillAsync(markup);
        await visitor.Button("Add").ClickAsync();
        await visitor.Page.Locator("#error-summary").WaitForAsync();
        await visitor.AssertPlainTextAsync($"“{markup}” cannot be a role");

        await visitor.Page.GetByLabel($"Attributes of {MarkupSite.Somebody}, one line for each value").FillAsync("region=" + markup);
        await visitor.Button($"Save the attributes of {MarkupSite.Somebody}").ClickAsync();
        await visitor.Page.GetByText("The attributes are changed.").WaitForAsync();
        await visitor.AssertTextAsync("region=" + markup);
        await visitor.GoAsync("/admin/audit?act=attributes_given");
        await visitor.AssertHarmlessAsync();
    }

    [BrowserTheory]
    [MemberData(nameof(AsciiMarkup))]
    public async Task As_what_a_proxy_says_of_a_person(string markup)
    {
        await using var carla = await site.StrangerAsync(browser, ("X-Forwarded-User", "carla"), ("X-Forwarded-Groups", $"Bosses,{markup}"), ("X-Region", markup));
        await carla.GoAsync("/account");
        await carla.AssertHarmlessAsync();
        await carla.GoAsync("/admin/users");
        await carla.AssertTextAsync("region=" + markup);

        await using var strange = await site.StrangerAsync(browser, ("X-Forwarded-User", markup));
        await strange.GoAsync("/");
        await strange.AssertHarmlessAsync();
        Assert.Equal("You are not let in", await strange.Page.Locator("h1").TextContentAsync());
    }

    [BrowserTheory]
    [MemberData(nameof(Markup))]
    public async Task As_the_name_of_a_file_that_is_checked(string markup)
    {
        await using var visitor = await site.VisitAsync(browser);
        await visitor.GoAsync("/verify");
        await visitor.Field("File").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = markup, MimeType = "text/html", Buffer = Encoding.UTF8.GetBytes(markup) });
        await visitor.Button("Check").ClickAsync();
        await visitor.Page.Locator("#answer").WaitForAsync();

        // A browser names no folders and escapes quotation marks.
        await visitor.AssertPlainTextAsync(markup[(markup.LastIndexOf('/') + 1)..].Replace("\"", "%22", StringComparison.Ordinal));
    }
}
