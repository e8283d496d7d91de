using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportHub.Tests.Pages.Parts;

/// <summary>Draws one component as the pages do and reads it back as a browser would.</summary>
internal static class Drawn
{
    public static async Task<IElement> AsHtmlAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var given = ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value));
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(given)).ToHtmlString());
        return new HtmlParser().ParseDocument(html).Body!;
    }
}
