using ExportHub.Tests.Files.Servers;

namespace ExportHub.Tests.Api;

public sealed class FilesInS3Tests(S3Server server, TestApp app) : IClassFixture<S3Server>, IClassFixture<TestApp>, IAsyncLifetime
{
    public Task InitializeAsync()
    {
        if (server.IsThere)
        {
            var options = server.Options();
            app.With("Files:Store", "S3").With("Files:S3:Endpoint", options.Endpoint!).With("Files:S3:Prefix", "exports/")
                .With("Files:S3:Bucket", options.Bucket).With("Files:S3:AccessKey", options.AccessKey!).With("Files:S3:SecretKey", options.SecretKey!);
        }

        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [S3Fact]
    public Task A_file_in_S3_is_downloaded_as_any_other() => FilesKeptElsewhere.Downloads_whole_in_part_and_not_at_all(app);

    [S3Fact]
    public Task A_download_may_be_sent_on_to_S3() => FilesKeptElsewhere.Sends_a_download_to_the_store(app);

    [S3Fact]
    public Task A_file_in_S3_goes_when_its_time_is_over() => FilesKeptElsewhere.Removes_what_expires(app);
}
