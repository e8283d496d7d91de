using System.Diagnostics;

namespace ExportHub.Tests;

/// <summary>The spreadsheet of the machine, without a window: an outside referee of what a file means to people who open it.</summary>
internal static class LibreOffice
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly string[] Elsewhere =
    [
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "LibreOffice", "program", "soffice.com"),
    ];

    /// <summary>Two start-ups at once are as slow as two in a row where there are two cores, and each takes a few hundred MB.</summary>
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>Why tests are skipped; null where LibreOffice is installed.</summary>
    public static string? Missing =>
        Executable is null ? "No LibreOffice is installed; on Debian: apt-get install libreoffice-calc. EXPORTHUB_TEST_OFFICE may name its executable." : null;

    private static string? Executable { get; } =
        Environment.GetEnvironmentVariable("EXPORTHUB_TEST_OFFICE") is { Length: > 0 } named ? named : OnPath().Concat(Elsewhere).FirstOrDefault(File.Exists);

    /// <summary>Opens a file and saves it in another format.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="fromExtension">What kind of file it is, without a dot: `csv`, `xlsx`.</param>
    /// <param name="toFormat">What `--convert-to` takes: `xlsx`, `pdf`, or with an export filter `csv:Text - txt - csv (StarCalc):44,34,76`.</param>
    /// <param name="inFilter">What `--infilter` takes; null leaves the choice to LibreOffice.</param>
    /// <exception cref="InvalidOperationException">It wrote no file; the message is what it said.</exception>
    /// <exception cref="TimeoutException">It did not end within three minutes and was killed.</exception>
    public static async Task<byte[]> ConvertAsync(byte[] file, string fromExtension, string toFormat, string? inFilter = null) =>
        (await ConvertAsync([file], fromExtension, toFormat, inFilter))[0];

    /// <summary>The same for several files of one kind with one start of the program, which takes longer than the files.</summary>
    public static async Task<IReadOnlyList<byte[]>> ConvertAsync(IReadOnlyList<byte[]> files, string fromExtension, string toFormat, string? inFilter = null)
    {
        var folder = Directory.CreateTempSubdirectory("exporthub-office-");
        try
        {
            var from = files.Select((_, n) => Path.Combine(folder.FullName, $"file{n}.{fromExtension}")).ToList();
            var to = Path.Combine(folder.FullName, "to");
            await Task.WhenAll(from.Zip(files, (path, file) => File.WriteAllBytesAsync(path, file)));
            var said = await RunAsync(
            [
                $"-env:UserInstallation={new Uri(Path.Combine(folder.FullName, "profile"))}",
                "--headless", "--norestore", "--nolockcheck",
                .. inFilter is null ? Array.Empty<string>() : [$"--infilter={inFilter}"],
                "--convert-to", toFormat, "--outdir", to, .. from,
            ]);
            var written = files.Select((_, n) => Path.Combine(to, $"file{n}.{toFormat.Split(':')[0]}")).ToList();
            return written.TrueForAll(File.Exists)
                ? await Task.WhenAll(written.Select(path => File.ReadAllBytesAsync(path)))
                : throw new InvalidOperationException($"LibreOffice wrote no file: {said}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string[] arguments)
    {
        await OneAtATime.WaitAsync();
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(Executable!, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await EndAsync(process);
            return string.Concat(await said);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            // The program is a script that starts the real one.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw new TimeoutException($"LibreOffice did not end within {Limit.TotalMinutes:0} minutes.", late);
        }
    }

    private static IEnumerable<string> OnPath() =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        from name in (string[])["soffice", "libreoffice", "soffice.com"]
        select Path.Combine(folder, name);
}
