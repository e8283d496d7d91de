using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ExportHub.Benchmarks;

/// <summary>An export that has completed.</summary>
/// <param name="Took">From before the POST to the publish, by the database's clock, which is this machine's.</param>
/// <param name="Seen">From before the POST until a client was told that it is completed.</param>
internal sealed record Exported(TimeSpan Took, TimeSpan Seen, long Bytes, string File);

/// <summary>The published application as a process of its own.</summary>
internal sealed partial class App : IAsyncDisposable
{
    /// <summary>Settings for where one caller stands for many.</summary>
    public static readonly (string Setting, string Value)[] Unlimited = [("Limits:PollPerMinute", "0"), ("Limits:CreatePerMinute", "0"), ("Limits:OtherPerMinute", "0")];

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    // Often enough not to keep a case waiting and too seldom to be felt by the export; the status document has the true time of the end.
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<string> lines = [];
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient client = new();
    private readonly Process process;
    private readonly string files;
    private readonly CancellationToken stopping;

    private App(ProcessStartInfo start, string files, CancellationToken stopping)
    {
        (this.files, this.stopping) = (files, stopping);
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The application ended: " + string.Join('\n', lines)));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The most memory that the process has had resident since its start, in megabytes of 1,000,000 bytes.</summary>
    public double PeakMegabytes
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64 / 1e6;
        }
    }

    public double CpuSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Signed in.</summary>
    public HttpClient Client => client;

    /// <summary>The last export that completed.</summary>
    public Guid Last { get; private set; }

    /// <summary>Returns when the application is ready for exports.</summary>
    public static async Task<App> StartAsync(string program, IEnumerable<(string Setting, string Value)> settings, string files, CancellationToken stopping)
    {
        var start = new ProcessStartInfo("dotnet", [program, "--urls=http://127.0.0.1:0"])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        foreach (var (setting, value) in settings.Prepend(("Access:AdminToken", token)))
        {
            start.Environment[setting.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var app = new App(start, files, stopping);
        try
        {
            app.client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            app.client.BaseAddress = await app.listening.Task.WaitAsync(StartLimit, stopping);
            (await app.client.GetAsync("/health/ready", stopping)).EnsureSuccessStatusCode();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks for an export, waits for it and removes its file.</summary>
    public async Task<Lap> RunAsync(OrderTable table, string format, string compression = "none")
    {
        var export = await ExportAsync(table, format, compression);
        File.Delete(export.File);
        return new Lap(export.Took, export.Took);
    }

    /// <summary>Asks for an export and waits for it. The file stays.</summary>
    /// <exception cref="InvalidOperationException">It did not complete with all rows.</exception>
    public async Task<Exported> ExportAsync(OrderTable table, string format, string compression = "none", TimeSpan? askEvery = null)
    {
        using var timer = new PeriodicTimer(askEvery ?? AskEvery);
        var (began, started) = (TimeProvider.System.GetUtcNow(), Stopwatch.GetTimestamp());
        using var answer = await client.PostAsJsonAsync("/api/exports", new { dataset = table.Name, format, options = new { compression } }, stopping);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>(stopping);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The request was refused: {document}");
        }

        var id = Last = document.GetProperty("id").GetGuid();
        while (document.GetProperty("status").GetString() is "queued" or "running")
        {
            await timer.WaitForNextTickAsync(stopping);
            document = await client.GetFromJsonAsync<JsonElement>($"/api/exports/{id}", stopping);
        }

        var seen = Stopwatch.GetElapsedTime(started);
        if (document.GetProperty("status").GetString() != "completed" || document.GetProperty("download").GetProperty("rows").GetInt64() != table.Rows)
        {
            throw new InvalidOperationException($"Not a completed export of {table.Rows} rows: {document}");
        }

        var took = document.GetProperty("finishedAt").GetDateTimeOffset() - began;
        var file = Directory.GetFiles(Path.Combine(files, id.ToString())).Single();
        return new Exported(took, seen, document.GetProperty("download").GetProperty("bytes").GetInt64(), file);
    }

    /// <summary>Asks for an export and does not wait for it; the answer is where to poll.</summary>
    public async Task<string> RequestAsync(OrderTable table, string format)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, "/api/exports") { Content = JsonContent.Create(new { dataset = table.Name, format }) };
        post.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = (await client.SendAsync(post, stopping)).EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(stopping)).GetProperty("poll").GetProperty("next").GetString()!;
    }

    /// <summary>What is asked for from now on waits.</summary>
    public async Task DrainAsync()
    {
        using var answer = await client.PostAsJsonAsync("/api/operations/drain", new { reason = "a measurement" }, stopping);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Requests per second of one address, asked as fast as it answers.</summary>
    public Task<double> BurstAsync(string address, TimeSpan time) =>
        Wrk.RequestsPerSecondAsync(new Uri(client.BaseAddress!, address), client.DefaultRequestHeaders.Authorization!.ToString(), time, stopping);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private void Hear(string? line)
    {
        lines.Enqueue(line ?? "");
        if (Listening().Match(line ?? "") is { Success: true } match)
        {
            listening.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
