using System.IO.Compression;
using System.Net;
using System.Text;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Hostile;

/// <summary>Bodies that are bombs, sent where files are checked. Each is refused, or read once and forgotten; nothing is kept and nothing breaks.</summary>
public sealed class HostileUploadTests(HostileUploadTests.Site site) : IClassFixture<HostileUploadTests.Site>
{
    private const int Most = 1_000_000;
    private const string Form = "Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n";
    private const string Body = "--x\r\nA: b\r\n\r\nc\r\n--x--";
    private const string File = "Content-Type: application/octet-stream\r\n";

    private static readonly IReadOnlyDictionary<string, (string Head, Func<Stream, CancellationToken, Task> Body)> Bombs =
        new Dictionary<string, (string Head, Func<Stream, CancellationToken, Task> Body)>(StringComparer.Ordinal)
        {
            ["a terabyte that is announced"] = (File + "Content-Length: 1099511627776\r\n", Text("little")),
            ["a terabyte of a form that is announced"] = ("Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1099511627776\r\n", Text("--x\r\n")),
            ["a terabyte that waits for a go"] = (File + "Expect: 100-continue\r\nContent-Length: 1099511627776\r\n", Text("")),
            ["a negative length"] = (File + "Content-Length: -1\r\n", Text("little")),
            ["a length that is too long a number"] = (File + "Content-Length: 99999999999999999999\r\n", Text("little")),
            ["two lengths"] = (File + "Content-Length: 6\r\nContent-Length: 7\r\n", Text("little")),
            ["a file without end"] = (File + "Transfer-Encoding: chunked\r\n", Endless(_ => new string('a', 10_000))),
            ["a form's file without end"] = (Form, Endless(n => n == 0 ? "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n" : new string('a', 10_000))),
            ["fields without end"] = (Form, Endless(n => Field(n, "a"))),
            ["long fields without end"] = (Form, Endless(n => Field(n, new string('a', 4000)))),
            ["one field without end"] = (Form, Endless(n => n == 0 ? "--x\r\nContent-Disposition: form-data; name=\"sha256\"\r\n\r\n" : new string('a', 10_000))),
            ["parts without a name without end"] = (Form, Endless(_ => "--x\r\nA: b\r\n\r\nc\r\n")),
            ["one part without a name without end"] = (Form, Endless(n => n == 0 ? "--x\r\nA: b\r\n\r\n" : new string('a', 10_000))),
            ["what comes before the first part without end"] = (Form, Endless(_ => new string('a', 10_000))),
            ["a part's header without end"] = (Form, Endless(n => n == 0 ? "--x\r\nA: " : new string('a', 10_000))),
            ["headers of a part without end"] = (Form, Endless(n => (n == 0 ? "--x\r\n" : "") + $"A{n}: b\r\n")),
            ["ten thousand parts"] = (Form, Ending(string.Concat(Enumerable.Range(0, 10_000).Select(n => Field(n, "a"))) + "--x--\r\n")),
            ["ten thousand empty files"] = (Form, Ending(string.Concat(Enumerable.Repeat("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n", 10_000)) + "--x--\r\n")),
            ["a part inside of a part"] = (Form, Ending("--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n--x--\r\n")),
            ["a chunk of more than there is"] = (File + "Transfer-Encoding: chunked\r\n", Text("FFFFFFFFFFFFFFFFFF\r\na")),
            ["a coding that nobody knows"] = (File + "Transfer-Encoding: gzip\r\n", Text("little")),
        };

    /// <summary>What is odd and harmless: read as the bytes it is, or refused.</summary>
    private static readonly IReadOnlyDictionary<string, string> Oddities = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["no boundary"] = "multipart/form-data",
        ["an empty boundary"] = "multipart/form-data; boundary=\"\"",
        ["a boundary of 71"] = "multipart/form-data; boundary=" + new string('x', 71),
        ["two boundaries"] = "multipart/form-data; boundary=x; boundary=y",
        ["a boundary of dashes"] = "multipart/form-data; boundary=----",
        ["another kind of form"] = "application/x-www-form-urlencoded",
        ["a type that is none"] = "nonsense",
        ["a type of ten thousand"] = "text/" + new string('x', 10_000),
        ["a character set that nobody has"] = "text/plain; charset=nonsense",
    };

    public static TheoryData<string, string> Sent => Both(Bombs.Keys);

    public static TheoryData<string, string> Odd => Both(Oddities.Keys);

    [Theory]
    [MemberData(nameof(Sent))]
    public async Task A_bomb_is_refused_and_nothing_is_kept(string what, string door)
    {
        var before = site.Kept();
        var (head, body) = Bombs[what];

        var said = await RawDoor.AskAsync(site.Address, Head(door) + head, body);

        Assert.True(RawDoor.StatusOf(said) is 400 or 413 or 501, $"{what}: {said}");
        Assert.DoesNotContain("100 Continue", said, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"   at |Exception", said);
        Assert.Equal(before, site.Kept());
        Assert.Equal(HttpStatusCode.OK, (await site.Access.NewClient().GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task What_is_odd_is_read_as_it_stands_or_refused(string what, string door)
    {
        var said = await RawDoor.AskAsync(site.Address, $"{Head(door)}Content-Type: {Oddities[what]}\r\nContent-Length: {Body.Length}\r\n", Text(Body));

        Assert.True(RawDoor.StatusOf(said) is 200 or 400 or 413 or 415, $"{what}: {said}");
        Assert.DoesNotMatch(@"   at |Exception", said);
    }

    [Fact]
    public async Task What_is_packed_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[100 * Most]);
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        var answer = await site.Access.App.Client.PostAsync(new Uri("/api/verify", UriKind.Relative), content);

        Assert.Contains($"\"bytes\":{packed.Length}", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static TheoryData<string, string> Both(IEnumerable<string> names)
    {
        var all = new TheoryData<string, string>();
        foreach (var name in names)
        {
            all.Add(name, "/api/verify");
            all.Add(name, "/verify");
        }

        return all;
    }

    private static string Field(int n, string value) => $"--x\r\nContent-Disposition: form-data; name=\"f{n}\"\r\n\r\n{value}\r\n";

    private static string Head(string door) => $"POST {door} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TestApp.AdminToken}\r\n";

    private static Func<Stream, CancellationToken, Task> Text(string text) => (stream, cancel) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancel).AsTask();

    private static Func<Stream, CancellationToken, Task> Ending(string text) => async (stream, cancel) =>
    {
        await WriteChunkAsync(stream, text, cancel);
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), cancel);
    };

    private static Func<Stream, CancellationToken, Task> Endless(Func<int, string> piece) => async (stream, cancel) =>
    {
        for (var n = 0; ; n++)
        {
            await WriteChunkAsync(stream, piece(n), cancel);
        }
    };

    private static Task WriteChunkAsync(Stream stream, string text, CancellationToken cancel) =>
        stream.WriteAsync(Encoding.Latin1.GetBytes($"{text.Length:x}\r\n{text}\r\n"), cancel).AsTask();

    public sealed class Site : IAsyncLifetime
    {
        internal AccessApp Access { get; } = new();

        internal Uri Address => Access.App.Client.BaseAddress!;

        public Task InitializeAsync()
        {
            Access.App.OnPort().With("Files:MaxVerifyBytes", $"{Most}");
            return Access.InitializeAsync();
        }

        public Task DisposeAsync() => Access.DisposeAsync();

        internal IReadOnlyList<string> Kept() =>
            Directory.Exists(Access.App.FilesFolder) ? [.. Directory.GetFiles(Access.App.FilesFolder, "*", SearchOption.AllDirectories)] : [];
    }
}
