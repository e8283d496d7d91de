using ExportHub.Files;
using ExportHub.Files.S3;
using ExportHub.Tests.Faults;
using ExportHub.Tests.Files.Servers;
using Microsoft.AspNetCore.Http;

namespace ExportHub.Tests.Files;

public sealed class S3FaultTests(S3Server server) : RemoteFaults, IClassFixture<S3Server>
{
    private protected override Uri Server => server.Address;

    [S3Fact]
    public Task An_outage_of_seconds_only_costs_time() => Ends_well_after_an_outage(TimeSpan.FromSeconds(3));

    [LongFact]
    public Task An_outage_of_a_minute_only_costs_time() => Ends_well_after_an_outage(TimeSpan.FromSeconds(60));

    [S3Fact]
    public Task Being_told_to_slow_down_only_costs_time() => Ends_well_when_told_to_slow_down();

    [S3Fact]
    public Task A_cut_in_the_middle_of_a_part_only_costs_time() => Ends_well_when_cut_in_the_middle_of_a_part();

    [S3Fact]
    public async Task A_server_that_is_not_there_may_come_back()
    {
        using var store = new S3FileStore(server.Options(by: new Uri("http://127.0.0.1:1")), patience: TimeSpan.FromSeconds(1));

        AssertTransient(await Assert.ThrowsAnyAsync<Exception>(() => WriteLittleAsync(store)));
    }

    [S3Fact]
    public Task A_server_that_hangs_holds_nobody_for_long() => Gives_up_in_time_when_nobody_answers();

    [S3Fact]
    public Task A_lost_answer_to_the_commit_loses_no_file() => Loses_nothing_when_the_answer_to_the_commit_is_lost();

    [S3Fact]
    public Task Damage_on_the_way_is_noticed() => Notices_what_was_damaged_on_its_way();

    [S3Fact]
    public Task A_broken_connection_is_read_on_where_it_broke() => Reads_on_where_a_connection_broke();

    [S3Fact]
    public Task A_deleted_file_is_not_read_as_a_shorter_one() => A_file_that_goes_while_it_is_read_ends_in_a_fault();

    [S3Fact]
    public async Task Credentials_that_expire_in_the_middle_may_be_renewed() => AssertTransient(await Stops_in_the_middle_with(400, "ExpiredToken"));

    [S3Fact]
    public async Task A_right_that_is_taken_in_the_middle_is_an_administrators_matter() =>
        AssertDenied(await Stops_in_the_middle_with(403, "AccessDenied"), "may not write");

    [S3Fact]
    public async Task A_full_server_is_told_apart() => Assert.IsType<StorageFullException>(await Stops_in_the_middle_with(507, "XMinioStorageFull"));

    [S3Fact]
    public async Task A_wrong_key_is_told_as_one()
    {
        var options = server.Options();
        options.AccessKey = "SOMEBODY";
        using var store = new S3FileStore(options);

        AssertDenied(await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(store)), "does not accept the key");
    }

    [S3Fact]
    public async Task A_missing_bucket_is_named()
    {
        var options = server.Options();
        options.Bucket = "nowhere";
        using var store = new S3FileStore(options);

        AssertDenied(await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(store)), "“nowhere”");
    }

    private protected override IFileStore Open(string prefix, Uri? by = null, TimeSpan? patience = null) =>
        new S3FileStore(server.Options(prefix, by), patience: patience);

    private protected override bool IsPart(HttpRequest request) => HttpMethods.IsPut(request.Method);

    private protected override bool IsCommit(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Query.ContainsKey("uploadId");
}
