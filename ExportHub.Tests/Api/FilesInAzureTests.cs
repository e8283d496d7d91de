using ExportHub.Tests.Files.Servers;

namespace ExportHub.Tests.Api;

public sealed class FilesInAzureTests(AzureServer server, TestApp app) : IClassFixture<AzureServer>, IClassFixture<TestApp>, IAsyncLifetime
{
    public Task InitializeAsync()
    {
        if (server.IsThere)
        {
            var options = server.Options();
            app.With("Files:Store", "Azure").With("Files:Azure:Endpoint", options.Endpoint!).With("Files:Azure:Prefix", "exports/")
                .With("Files:Azure:Container", options.Container).With("Files:Azure:Account", options.Account).With("Files:Azure:Key", options.Key!);
        }

        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [AzureFact]
    public Task A_file_in_Azure_is_downloaded_as_any_other() => FilesKeptElsewhere.Downloads_whole_in_part_and_not_at_all(app);

    [AzureFact]
    public Task A_download_may_be_sent_on_to_Azure() => FilesKeptElsewhere.Sends_a_download_to_the_store(app);

    [AzureFact]
    public Task A_file_in_Azure_goes_when_its_time_is_over() => FilesKeptElsewhere.Removes_what_expires(app);
}
