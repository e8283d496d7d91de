using ExportHub.Files;
using ExportHub.Files.Azure;
using ExportHub.Files.S3;
using ExportHub.Tests.Files.Servers;
using Xunit.Abstractions;

namespace ExportHub.Tests.Files;

/// <summary>However long a file is, sending it takes one part of memory, which is not the collector's, and little besides.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class UploadMemoryTests(ITestOutputHelper output)
{
    private const int Bytes = 64 * 1024 * 1024;

    private const long MostAllocated = 40_000_000;

    [S3Fact]
    public async Task Sending_to_S3_takes_little_memory()
    {
        var server = new S3Server();
        await server.InitializeAsync();
        try
        {
            using var store = new S3FileStore(server.Options());
            await MeasureAsync(store);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [AzureFact]
    public async Task Sending_to_Azure_takes_little_memory()
    {
        var server = new AzureServer();
        await server.InitializeAsync();
        try
        {
            using var store = new AzureFileStore(server.Options());
            await MeasureAsync(store);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private async Task MeasureAsync(IFileStore store)
    {
        var piece = new byte[64 * 1024];
        await using var part = await store.CreateAsync("a/1.csv", new FileLabel("text/csv", "orders.csv"), default);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var written = 0; written < Bytes; written += piece.Length)
        {
            await part.Stream.WriteAsync(piece);
        }

        await part.CommitAsync(Bytes, default);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        output.WriteLine($"{Bytes / 1e6:0} MB sent, {allocated / 1e6:0.0} MB allocated");
        Assert.InRange(allocated, 0, MostAllocated);
    }
}
