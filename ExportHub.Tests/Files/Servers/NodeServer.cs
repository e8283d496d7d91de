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
        var process = Process.Start(new ProcessStartInfo(NodePackages.Node!, [path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        using var limit = new CancellationTokenSource(TimeToStart);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } told)
            {
                // Nobody reads what it says later, and a full pipe would stop it.
                process.OutputDataReceived += (_, _) => { };
                process.BeginOutputReadLine();
                return new NodeServer(process, new Uri(told.Groups["address"].Value));
            }
        }

        throw new InvalidOperationException($"{script} ended before it listened.");
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
