using ExportHub.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Jobs;

public sealed class JobsRoomTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public void The_engine_stops_before_the_host_and_the_host_within_ten_seconds()
    {
        var host = app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

        Assert.InRange(JobsRoom.StopLimit, TimeSpan.FromSeconds(1), host - TimeSpan.FromSeconds(1));
        Assert.InRange(host, JobsRoom.StopLimit, TimeSpan.FromSeconds(10));
    }
}
