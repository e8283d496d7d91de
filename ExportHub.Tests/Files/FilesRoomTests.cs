using ExportHub.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Files;

public sealed class FilesRoomTests
{
    [Theory]
    [InlineData("Files:Folder", "/proc/nothing", "Files:Folder")]
    [InlineData("Files:Retention", "00:00:00", "Files:Retention")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string setting, string value, string named)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Files:Folder", Path.GetTempPath())]);
        builder.Configuration[setting] = value;
        builder.AddFiles();
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }
}
