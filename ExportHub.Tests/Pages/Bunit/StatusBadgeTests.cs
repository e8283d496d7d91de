using Bunit;
using ExportHub.Pages.Parts;

namespace ExportHub.Tests.Pages.Bunit;

/// <summary>Runs where the NuGet feed has bunit; <see cref="Parts.ComponentTests"/> runs everywhere.</summary>
public sealed class StatusBadgeTests : TestContext
{
    [Theory]
    [InlineData("completed", "Ready")]
    [InlineData("failed", "Failed")]
    public void A_badge_is_known_by_word_and_look(string look, string name)
    {
        var badge = RenderComponent<StatusBadge>(parameters => parameters.Add(p => p.Look, look).Add(p => p.Name, name));

        Assert.Equal(name, badge.Find(".badge").TextContent);
        Assert.Contains(look, badge.Find(".badge").ClassList);
    }
}
