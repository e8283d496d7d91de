using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ExportHub.Tests.Browser;

/// <summary>axe-core, the judge of accessibility that others use too.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Script = new(() =>
    {
        using var script = typeof(AxeResult).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(script);
        return reader.ReadToEnd();
    });

    /// <param name="page">What is judged, as it stands.</param>
    /// <param name="options">Of `axe.run`, as JSON.</param>
    /// <returns>Each fault with its rule and element; none when all is well.</returns>
    public static async Task<string[]> FaultsAsync(IPage page, string options)
    {
        await page.EvaluateAsync(Script.Value);
        return await page.EvaluateAsync<string[]>(
            """
            async options => {
              const { violations } = await axe.run(document, { ...JSON.parse(options), resultTypes: ['violations'], preload: false });
              return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
            }
            """,
            options);
    }
}
