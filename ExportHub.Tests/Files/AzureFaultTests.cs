using ExportHub.Files;
using ExportHub.Files.Azure;
using ExportHub.Tests.Faults;
using ExportHub.Tests.Files.Servers;
using Microsoft.AspNetCore.Http;

namespace ExportHub.Tests.Files;

public sealed class AzureFaultTests(AzureServer server) : RemoteFaults, IClassFixture<AzureServer>
{
    private protected override Uri Server => server.Address;

    [AzureFact]
    public Task An_outage_of_seconds_only_costs_time() => Ends_well_after_an_outage(TimeSpan.FromSeconds(3));

    [LongFact]
    public Task An_outage_of_a_minute_only_costs_time() => Ends_well_after_an_outage(TimeSpan.FromSeconds(60));

    [AzureFact]
    public Task Being_told_to_slow_down_only_costs_time() => Ends_well_when_told_to_slow_down();

    [AzureFact]
    public Task A_cut_in_the_middle_of_a_part_only_costs_time() => Ends_well_when_cut_in_the_middle_of_a_part();

    [AzureFact]
    public async Task A_server_that_is_not_there_may_come_back()
    {
        using var store = new AzureFileStore(server.Options(by: new Uri("http://127.0.0.1:1")), patience: TimeSpan.FromSeconds(1));

        AssertTransient(await Assert.ThrowsAnyAsync<Exception>(() => WriteLittleAsync(store)));
    }

    [AzureFact]
    public Task A_server_that_hangs_holds_nobody_for_long() => Gives_up_in_time_when_nobody_answers();

    [AzureFact]
    public Task A_lost_answer_to_the_commit_loses_no_file() => Loses_nothing_when_the_answer_to_the_commit_is_lost();

    [AzureFact]
    public Task Damage_on_the_way_is_noticed() => Notices_what_was_damaged_on_its_way();

    [AzureFact]
    public Task A_broken_connection_is_read_on_where_it_broke() => Reads_on_where_a_connection_broke();

    [AzureFact]
    public Task A_deleted_file_is_not_read_as_a_shorter_one() => A_file_that_goes_while_it_is_read_ends_in_a_fault();

    [AzureFact]
    public async Task A_signature_that_expires_in_the_middle_is_an_administrators_matter() =>
        AssertDenied(await Stops_in_the_middle_with(403, "AuthenticationFailed"), "does not accept the key");

    [AzureFact]
    public async Task A_right_that_is_taken_in_the_middle_is_an_administrators_matter() =>
        AssertDenied(await Stops_in_the_middle_with(403, "AuthorizationPermissionMismatch"), "may not write");

    [AzureFact]
    public async Task A_wrong_key_is_an_administrators_matter()
    {
        var options = server.Options();
        options.Key = Convert.ToBase64String(new byte[64]);
        using var store = new AzureFileStore(options);

        // Azurite calls a wrong key a missing right; Azure answers as when a signature expires.
        AssertDenied(await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(store)), "may not write");
    }

    [AzureFact]
    public async Task A_missing_container_is_named()
    {
        var options = server.Options();
        options.Container = "nowhere";
        using var store = new AzureFileStore(options);

        AssertDenied(await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(store)), "“nowhere”");
    }

    [AzureFact]
    public async Task A_shared_access_signature_does_instead_of_a_key_as_far_as_it_reaches()
    {
        using var all = new AzureFileStore(WithSas("racwdl"));
        using var reading = new AzureFileStore(WithSas("rl"));

        await WriteAsync(all);

        await using var file = await reading.OpenAsync("a/1.csv", default);
        Assert.Equal(Bytes, file!.Length);
        await file.ReadExactlyAsync(new byte[1000]);
        Assert.Single(await reading.ListAsync(default).ToListAsync());
        AssertDenied(await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(reading)), "may not write");
        Assert.True(await all.DeleteAsync("a/1.csv", default));
    }

    private AzureOptions WithSas(string permissions)
    {
        var options = server.Options("sas/");
        options.Sas = ContainerSas.Of(permissions);
        options.Key = null;
        return options;
    }

    private protected override IFileStore Open(string prefix, Uri? by = null, TimeSpan? patience = null) =>
        new AzureFileStore(server.Options(prefix, by), patience: patience);

    private protected override bool IsPart(HttpRequest request) => request.Query["comp"] == "block";

    private protected override bool IsCommit(HttpRequest request) => request.Query["comp"] == "blocklist" && HttpMethods.IsPut(request.Method);
}
