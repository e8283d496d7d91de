using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ExportHub.Tests.Pages;

/// <summary>Uses the pages as a browser without JavaScript does: reads a page and sends its form.</summary>
internal static class Form
{
    public static async Task<IHtmlDocument> PageAsync(this TestApp app, string address)
    {
        var answer = await app.Client.GetAsync(new Uri(address, UriKind.Relative));
        return await answer.HtmlAsync();
    }

    public static async Task<IHtmlDocument> HtmlAsync(this HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>Sends the form as it stands with what is changed; a change to null leaves the field out.</summary>
    public static Task<HttpResponseMessage> SendAsync(this TestApp app, IHtmlFormElement form, params (string Name, string? Value)[] changes)
    {
        var fields = Fields(form).Where(field => !changes.Any(change => change.Name == field.Key)).ToList();
        fields.AddRange(from change in changes where change.Value is not null select KeyValuePair.Create(change.Name, change.Value));
        return app.Client.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), new FormUrlEncodedContent(fields));
    }

    public static IEnumerable<KeyValuePair<string, string>> Fields(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            var value = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => null,
                IHtmlInputElement input => input.Value,
                IHtmlSelectElement select => select.Value,
                IHtmlTextAreaElement text => text.Value,
                _ => null,
            };
            if (element.GetAttribute("name") is { } name && value is not null)
            {
                yield return KeyValuePair.Create(name, value);
            }
        }
    }
}
