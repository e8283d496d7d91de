using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ExportHub.Tests.Processes;

/// <summary>The application as a process of its own, so that it can be stopped, frozen and killed.</summary>
internal sealed partial class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = [];
    private HttpClient? client;

    private AppProcess(Process process) => this.process = process;

    public HttpClient Client => client!;

    public IEnumerable<string> Log => lines;

    public bool HasExited => process.HasExited;

    /// <summary>Bytes of real memory.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts the application and waits until it listens.</summary>
    public static Task<AppProcess> StartAsync(params (string Setting, string Value)[] settings) => StartAsync([], settings);

    /// <param name="environment">What only this process has in its environment.</param>
    public static async Task<AppProcess> StartAsync(IEnumerable<(string Name, string Value)> environment, (string Setting, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add($"--contentRoot={Repository.Root}");
        start.ArgumentList.Add("--urls=http://127.0.0.1:0");
        foreach (var (setting, value) in (IEnumerable<(string, string)>)[("Access:AdminToken", TestApp.AdminToken), .. TestApp.NoLimits, .. settings])
        {
            start.ArgumentList.Add($"--{setting}={value}");
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var app = new AppProcess(Process.Start(start)!);
        app.process.OutputDataReceived += (_, line) => app.lines.Enqueue(line.Data ?? "");
        app.process.ErrorDataReceived += (_, line) => app.lines.Enqueue(line.Data ?? "");
        app.process.BeginOutputReadLine();
        app.process.BeginErrorReadLine();
        var address = await Until.AnswerAsync(
            () => app.process.HasExited
                ? throw new InvalidOperationException("The application ended: " + string.Join('\n', app.lines))
                : Task.FromResult(app.lines.Select(line => Listening().Match(line)).FirstOrDefault(match => match.Success)),
            "listening");
        app.client = TestApp.AsAdministrator(new HttpClient { BaseAddress = new Uri(address.Groups["address"].Value) });
        return app;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: from now on not one instruction.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: it goes on and does not know that time went by.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>SIGTERM, and how long it took to end.</summary>
    public async Task<TimeSpan> TerminateAsync()
    {
        var since = Stopwatch.GetTimestamp();
        await SignalAsync("TERM");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return Stopwatch.GetElapsedTime(since);
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
