using ExportHub.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Files;

public sealed class FilesRoomTests
{
    [Theory]
    [InlineData("Files:Folder", "/proc/nothing")]
    [InlineData("Files:Retention", "00:00:00")]
    [InlineData("Files:SignedRedirect", "8.00:00:00")]
    [InlineData("Files:S3:PartBytes", "5242879")]
    [InlineData("Files:S3:Encryption", "ROT13")]
    [InlineData("Files:Azure:BlockBytes", "1")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string setting, string value) =>
        Assert.Contains(setting, await RefusalAsync((setting, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Files:S3:Bucket", "")]
    [InlineData("Files:S3:Endpoint", "minio:9000")]
    [InlineData("Files:S3:SecretKey", "")]
    [InlineData("Files:S3:Prefix", "/exports")]
    [InlineData("Files:S3:KmsKey", "a-key")]
    public async Task What_S3_needs_is_named(string setting, string value) => Assert.Contains(
        setting,
        await RefusalAsync(("Files:Store", "S3"), ("Files:S3:Bucket", "files"), ("Files:S3:AccessKey", "me"), ("Files:S3:SecretKey", "secret"), (setting, value)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Files:Azure:Container", "")]
    [InlineData("Files:Azure:Account", "")]
    [InlineData("Files:Azure:Endpoint", "azure")]
    [InlineData("Files:Azure:Key", "")]
    [InlineData("Files:Azure:Key", "no Base64!")]
    [InlineData("Files:Azure:Sas", "sv=2")]
    [InlineData("Files:Azure:Prefix", "/exports")]
    public async Task What_Azure_needs_is_named(string setting, string value) => Assert.Contains(
        setting,
        await RefusalAsync(("Files:Store", "Azure"), ("Files:Azure:Container", "files"), ("Files:Azure:Account", "me"), ("Files:Azure:Key", "c2VjcmV0"), (setting, value)),
        StringComparison.Ordinal);

    [Fact]
    public async Task Links_cannot_be_signed_without_the_key_of_the_account() => Assert.Contains(
        "Files:SignedRedirect",
        await RefusalAsync(
            ("Files:Store", "Azure"), ("Files:Azure:Container", "files"), ("Files:Azure:Account", "me"), ("Files:Azure:Sas", "sv=2"), ("Files:SignedRedirect", "00:05:00")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("S3")]
    [InlineData("Azure")]
    public async Task A_store_far_away_need_not_answer_at_the_start(string store)
    {
        using var host = HostWith(
            ("Files:Store", store), ("Files:S3:Bucket", "files"), ("Files:S3:Endpoint", "http://127.0.0.1:1"),
            ("Files:Azure:Container", "files"), ("Files:Azure:Account", "me"), ("Files:Azure:Key", "c2VjcmV0"), ("Files:Azure:Endpoint", "http://127.0.0.1:1"));

        await host.StartAsync();

        Assert.Null(await host.Services.GetRequiredService<IFileStore>().FreeBytesAsync(default));
    }

    private static async Task<string> RefusalAsync(params (string Name, string Value)[] settings)
    {
        using var host = HostWith(settings);
        return (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Message;
    }

    private static IHost HostWith(params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Files:Folder", Path.GetTempPath())]);
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.AddFiles();
        return builder.Build();
    }
}
