using System.Text.RegularExpressions;
using ExportHub.Pages.Words;
using ExportHub.Tests.Browser;

namespace ExportHub.Tests.Hostile;

/// <summary>Looks at a page on which markup may stand as text only.</summary>
internal static class MarkupLook
{
    /// <summary>Title, words, and what stands in fields.</summary>
    private const string Words = """
        () => [document.title, document.body.textContent, ...[...document.querySelectorAll('input, textarea, option')].map(field => field.value)].join('\n')
        """;

    private const string Made = """
        () => {
          // A form may have a field that is called "attributes".
          const { getAttributeNames: names, getAttribute: value } = Element.prototype;
          return [...document.querySelectorAll('*')]
            .filter(e => e.matches('img[src=x], exh-made, [autofocus]') || (e.localName === 'script' && e.textContent.includes('alert'))
              || names.call(e).some(name => name.startsWith('on') || (['href', 'src', 'action', 'formaction'].includes(name) && /^\s*javascript:/i.test(value.call(e, name)))))
            .map(e => e.cloneNode(false).outerHTML);
        }
        """;

    /// <summary>Nothing was made of it, and the browser had nothing to say but that a form was wrong.</summary>
    public static async Task AssertHarmlessAsync(this Visitor visitor)
    {
        Assert.Empty(await visitor.Page.EvaluateAsync<string[]>(Made));
        Assert.All(visitor.Complaints, complaint => Assert.Matches(new Regex("Failed to load resource.*status of 40[034]"), complaint));
    }

    /// <summary>It stands there as it was written.</summary>
    public static async Task AssertTextAsync(this Visitor visitor, string markup)
    {
        await visitor.AssertHarmlessAsync();
        Assert.Contains(markup, await visitor.Page.EvaluateAsync<string>(Words), StringComparison.Ordinal);
    }

    /// <summary>It stands there as one line among our own words, and turns none of them around.</summary>
    public static Task AssertPlainTextAsync(this Visitor visitor, string markup) => visitor.AssertTextAsync(PlainText.Of(markup));
}
