using ExportHub.Language;
using Microsoft.AspNetCore.Html;

namespace ExportHub.Pages.Words;

/// <summary>A sentence on a page with a part that is more than text, such as a link; in a component that is <see cref="Parts.Sentence"/>.</summary>
internal static class Marked
{
    /// <param name="english">With `{0}` where the part stands.</param>
    public static IHtmlContent Of(string english, Func<object?, IHtmlContent> part)
    {
        var around = Text.Of(english).Split("{0}", 2);
        return new HtmlContentBuilder().Append(around[0]).AppendHtml(part(null)).Append(around[1]);
    }
}
