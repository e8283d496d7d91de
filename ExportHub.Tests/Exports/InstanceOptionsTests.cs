using ExportHub.Exports;
using Microsoft.Extensions.Configuration;

namespace ExportHub.Tests.Exports;

public sealed class InstanceOptionsTests
{
    [Theory]
    [InlineData(null, "All")]
    [InlineData("all", "All")]
    [InlineData("Web", "Web")]
    [InlineData("WORKER", "Worker")]
    public void A_role_is_one_of_three(string? said, string role) => Assert.Equal(role, InstanceOptions.RoleOf(Settings(said)).ToString());

    [Theory]
    [InlineData("workers")]
    [InlineData("1")]
    [InlineData("")]
    public void Any_other_stops_the_start_with_a_sentence(string said)
    {
        var fault = Assert.Throws<InvalidOperationException>(() => InstanceOptions.RoleOf(Settings(said)));

        Assert.Equal($"ExportHub:Role is '{said}', but it must be All, Web or Worker.", fault.Message);
    }

    private static IConfiguration Settings(string? role) =>
        new ConfigurationBuilder().AddInMemoryCollection(role is null ? [] : [new("ExportHub:Role", role)]).Build();
}
