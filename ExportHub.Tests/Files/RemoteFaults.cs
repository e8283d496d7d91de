using System.Diagnostics;
using ExportHub.Exports;
using ExportHub.Files;
using ExportHub.Tests.Faults;
using ExportHub.Tests.Files.Servers;
using Microsoft.AspNetCore.Http;

namespace ExportHub.Tests.Files;

/// <summary>
/// A real server behind a proxy that does it harm. Whatever happens, the file is exact or the failure is honest; nothing is visible that was not committed,
/// and nothing is left over.
/// </summary>
public abstract class RemoteFaults
{
    private protected static readonly FileLabel Label = new("text/csv", "orders.csv");

    /// <summary>Two parts and some.</summary>
    private protected const int Bytes = 11_000_000;

    /// <summary>Of a store that gives up early.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private protected abstract Uri Server { get; }

    private protected abstract IFileStore Open(string prefix, Uri? by = null, TimeSpan? patience = null);

    /// <summary>Whether a request sends a part.</summary>
    private protected abstract bool IsPart(HttpRequest request);

    /// <summary>Whether a request makes the file visible.</summary>
    private protected abstract bool IsCommit(HttpRequest request);

    private protected async Task Ends_well_after_an_outage(TimeSpan outage)
    {
        await using var proxy = await FaultyProxy.StartAsync(Server);
        var prefix = NewPrefix();
        var began = 0L;
        var refused = 0;
        proxy.Before = async http =>
        {
            if (!IsPart(http.Request) || (began != 0 && Stopwatch.GetElapsedTime(began) > outage))
            {
                return false;
            }

            began = began == 0 ? Stopwatch.GetTimestamp() : began;
            refused++;
            return await FaultyProxy.AnswerAsync(http, 503, Xml("ServiceUnavailable"), ("x-ms-error-code", "ServerBusy"));
        };

        await WriteAsync(Open(prefix, proxy.Address));

        Assert.True(refused > 0);
        await AssertExactAsync(prefix);
    }

    private protected async Task Ends_well_when_told_to_slow_down()
    {
        await using var proxy = await FaultyProxy.StartAsync(Server);
        var prefix = NewPrefix();
        var refusals = 2;
        proxy.Before = async http => refusals-- > 0 && await FaultyProxy.AnswerAsync(http, 429, Xml("SlowDown"), ("Retry-After", "1"), ("x-ms-error-code", "ServerBusy"));

        await WriteAsync(Open(prefix, proxy.Address));

        Assert.True(refusals < 0);
        await AssertExactAsync(prefix);
    }

    private protected async Task Ends_well_when_cut_in_the_middle_of_a_part()
    {
        await using var proxy = await FaultyProxy.StartAsync(Server);
        var prefix = NewPrefix();
        var parts = 0;
        proxy.Before = async http =>
        {
            if (!IsPart(http.Request) || ++parts != 2)
            {
                return false;
            }

            await http.Request.Body.ReadExactlyAsync(new byte[1_000_000]);
            http.Abort();
            return true;
        };

        await WriteAsync(Open(prefix, proxy.Address));

        Assert.Equal(4, parts);
        await AssertExactAsync(prefix);
    }

    private protected async Task Gives_up_in_time_when_nobody_answers()
    {
        await using var proxy = await FaultyProxy.StartAsync(Server);
        var prefix = NewPrefix();
        var release = new TaskCompletionSource();
        var store = Open(prefix, proxy.Address, Short);
        proxy.Before = async _ =>
        {
            await release.Task;
            return true;
        };
        var part = await store.CreateAsync("a/1.csv", Label, default);
        await part.Stream.WriteAsync(new byte[1000]);
        var watch = Stopwatch.StartNew();

        var fault = await Assert.ThrowsAnyAsync<IOException>(() => part.CommitAsync(1000, default));
        await part.DisposeAsync();

        // It asks whether the file is there after all, and cleans up.
        Assert.InRange(watch.Elapsed, Short, (3 * Short) + TimeSpan.FromSeconds(30));
        release.SetResult();
        AssertTransient(fault);
        await AssertNothingAsync(prefix);
    }

    private protected async Task Loses_nothing_when_the_answer_to_the_commit_is_lost()
    {
        await using var proxy = await FaultyProxy.StartAsync(Server);
        var prefix = NewPrefix();
        var lost = 0;
        proxy.LosesAnswer = request => IsCommit(request) && lost++ == 0;

        await WriteAsync(Open(prefix, proxy.Address));

        Assert.True(lost > 0);
        await AssertExactAsync(prefix);
    }

    private protected async Task Notices_what_was_damaged_on_its_way()
    {
        await using var proxy = await FaultyProxy.StartAsync(Server);
        var prefix = NewPrefix();
        proxy.Damage = (request, body) =>
        {
            if (IsPart(request))
            {
                body[body.Length / 2] ^= 1;
            }

            return body;
        };

        var fault = await Assert.ThrowsAnyAsync<IOException>(() => WriteAsync(Open(prefix, proxy.Address)));

        AssertTransient(fault);
        proxy.Damage = (_, body) => body;
        await AssertNothingAsync(prefix);
    }

    private protected async Task Reads_on_where_a_connection_broke()
    {
        var prefix = NewPrefix();
        await WriteAsync(Open(prefix));
        await using var proxy = await FaultyProxy.StartAsync(Server);
        var cuts = 0;
        proxy.CutsAfter = request => HttpMethods.IsGet(request.Method) && cuts++ % 2 == 0 ? 300_000 : null;

        await AssertExactAsync(prefix, proxy.Address);

        Assert.True(cuts > 2);
    }

    private protected async Task A_file_that_goes_while_it_is_read_ends_in_a_fault()
    {
        var prefix = NewPrefix();
        var store = Open(prefix);
        await WriteAsync(store);
        await using var file = await store.OpenAsync("a/1.csv", default);
        await file!.ReadExactlyAsync(new byte[1000]);
        await store.DeleteAsync("a/1.csv", default);

        await Assert.ThrowsAnyAsync<IOException>(() => file.CopyToAsync(Stream.Null));
    }

    /// <param name="status">What the server answers from the second part on.</param>
    private protected async Task<Exception> Stops_in_the_middle_with(int status, string code)
    {
        await using var proxy = await FaultyProxy.StartAsync(Server);
        var prefix = NewPrefix();
        var parts = 0;
        proxy.Before = async http => IsPart(http.Request) && ++parts > 1 && await FaultyProxy.AnswerAsync(http, status, Xml(code), ("x-ms-error-code", code));

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(Open(prefix, proxy.Address)));

        Assert.True(parts > 1);
        await AssertNothingAsync(prefix);
        return fault;
    }

    private protected static void AssertDenied(Exception fault, string message)
    {
        var failure = Failure.Of(fault);
        Assert.Equal("storage_denied", failure.Code);
        Assert.False(failure.Transient);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private protected static void AssertTransient(Exception fault)
    {
        var failure = Failure.Of(fault);
        Assert.Equal("storage_unavailable", failure.Code);
        Assert.True(failure.Transient);
    }

    private protected static string NewPrefix() => $"{Guid.NewGuid():N}/";

    private protected static async Task WriteLittleAsync(IFileStore store)
    {
        await using var part = await store.CreateAsync("a/1.csv", Label, default);
        await part.Stream.WriteAsync(new byte[1000]);
        await part.CommitAsync(1000, default);
    }

    private protected static async Task WriteAsync(IFileStore store)
    {
        await using var part = await store.CreateAsync("a/1.csv", Label, default);
        foreach (var piece in Content().Chunk(100_000))
        {
            await part.Stream.WriteAsync(piece);
        }

        await part.CommitAsync(Bytes, default);
    }

    private protected async Task AssertExactAsync(string prefix, Uri? by = null)
    {
        var store = Open(prefix, by);
        await using var file = await store.OpenAsync("a/1.csv", default);
        using var copy = new MemoryStream();
        await file!.CopyToAsync(copy);
        Assert.True(Content().AsSpan().SequenceEqual(copy.ToArray()));
        Assert.False(Assert.Single(await Open(prefix).ListAsync(default).ToListAsync()).IsPart);
    }

    private protected async Task AssertNothingAsync(string prefix)
    {
        var store = Open(prefix);
        Assert.Null(await store.OpenAsync("a/1.csv", default));
        // What could not be removed during the fault, the sweep removes.
        await foreach (var left in store.ListAsync(default))
        {
            Assert.True(left.IsPart);
            await store.DeleteAsync(left, default);
        }

        Assert.Empty(await store.ListAsync(default).ToListAsync());
    }

    private static byte[] Content()
    {
        var content = new byte[Bytes];
        new Random(7).NextBytes(content);
        return content;
    }

    /// <summary>As S3 spells a fault.</summary>
    private static string Xml(string code) => $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>By plan.</Message></Error>";
}
