using AngleSharp.Html.Dom;
using ExportHub.Tests.Pages;

namespace ExportHub.Tests.Hostile;

/// <summary>Reads the forms of a page and sends them with what an attacker puts in.</summary>
internal static class PageForms
{
    public const string Token = "__RequestVerificationToken";

    /// <summary>The fields of the form with this action, as a browser would send them.</summary>
    public static async Task<List<KeyValuePair<string, string>>> FieldsAsync(HttpClient client, string page, string action)
    {
        var shown = await (await client.GetAsync(new Uri(page, UriKind.Relative))).HtmlAsync();
        var form = shown.QuerySelectorAll("form[method=post]").FirstOrDefault(form => form.GetAttribute("action") == action);
        Assert.True(form is not null, $"{page} has no form for {action}");
        return [.. Form.Fields((IHtmlFormElement)form)];
    }

    /// <summary>A token of a form that this client may send: every page has one.</summary>
    public static async Task<string> TokenAsync(HttpClient client, string page = "/verify") =>
        (await (await client.GetAsync(new Uri(page, UriKind.Relative))).HtmlAsync()).QuerySelector($"input[name={Token}]")!.GetAttribute("value")!;

    public static Task<HttpResponseMessage> SendAsync(HttpClient client, string action, IEnumerable<KeyValuePair<string, string>> fields) =>
        client.PostAsync(new Uri(action, UriKind.Relative), new FormUrlEncodedContent(fields));

    /// <summary>As the page on which files are checked sends it.</summary>
    public static Task<HttpResponseMessage> SendStreamedAsync(HttpClient client, string action, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            content.Add(new StringContent(value), name);
        }

        return client.PostAsync(new Uri(action, UriKind.Relative), content);
    }
}
