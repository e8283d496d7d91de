using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ExportHub.Benchmarks;

/// <summary>One run of the program: a stage is set up, each case measured on it, the table printed, everything removed.</summary>
internal static class Measurement
{
    private const int Interrupted = 130;

    /// <summary>The exit code. What goes to the standard output is the table and nothing else.</summary>
    public static async Task<int> RunAsync(Arguments options)
    {
        if (!File.Exists(options.App))
        {
            await Console.Error.WriteLineAsync($"{options.App} is not there: run with `-c Release`, or name a published ExportHub.dll with --app.");
            return 2;
        }

        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var figures = new List<Figure>();
        try
        {
            await using var stage = await Stage.SetUpAsync(options, stopping.Token);
            Console.WriteLine(await Surroundings.DescribeAsync(stage));
            await MeasureAsync(stage, figures);
            return 0;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The programs that were running got the same Ctrl+C, so anything may have failed.
            return Interrupted;
        }
        finally
        {
            Console.WriteLine(figures is [] ? "Nothing was measured." : Figure.Table(figures));
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static async Task MeasureAsync(Stage stage, List<Figure> figures)
    {
        foreach (var one in stage.Options.Cases)
        {
            var started = Stopwatch.GetTimestamp();
            await foreach (var figure in one.Measure(stage))
            {
                figures.Add(figure);
                await Console.Error.WriteLineAsync(figure.Line);
            }

            await Console.Error.WriteLineAsync($"  {one.Name}: measured in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }
    }
}
