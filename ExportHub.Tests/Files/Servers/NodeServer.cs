using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ExportHub.Tests.Files.Servers;

/// <summary>A server in a process of node, on a free port of this machine. It ends with its input, so with the test process, however that ends.</summary>
internal sealed partial class NodeServer : IAsyncDisposable
{
    private static readonly TimeSpan TimeToStart = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private NodeServer(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="script">In the folder of this class.</param>
    public static async Task<NodeServer> StartAsync(string script, params string[] arguments)
    {
        var path = Path.Combine(Repository.Root, "ExportHub.Tests", "Files", "Servers", script);
        var started = Process.Start(new ProcessStartInfo(NodePackages.Node!, [path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        started.OutputDataReceived += (_, said) =>
        {
            if (said.Data is null)
            {
                address.TrySetException(new InvalidOperationException($"{script} ended before it listened."));
            }
            else if (Listening().Match(said.Data) is { Success: true } told)
            {
                address.TrySetResult(new Uri(told.Groups["address"].Value));
            }
        };
        started.BeginOutputReadLine();
        return new NodeServer(started, await address.Task.WaitAsync(TimeToStart));
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [GeneratedRegex(@"listens on (?<address>http://[\w.:]+)")]
    private static partial Regex Listening();
}
