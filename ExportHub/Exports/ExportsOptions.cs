using System.ComponentModel.DataAnnotations;

namespace ExportHub.Exports;

/// <summary>Settings under `Exports`.</summary>
internal sealed class ExportsOptions
{
    /// <summary>How many times a worker may start one export before it is given up.</summary>
    [Range(1, 100, ErrorMessage = "Exports:MaxAttempts must be between 1 and 100.")]
    public int MaxAttempts { get; set; } = 4;

    /// <summary>How many times the program may end without a word while it works on one export, before that is given up as `crash_loop`.</summary>
    [Range(1, 100, ErrorMessage = "Exports:MaxCrashes must be between 1 and 100.")]
    public int MaxCrashes { get; set; } = 3;

    /// <summary>How long an attempt is trusted without a sign of life. Renewed every <see cref="RenewEvery"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:03", "01:00:00", ErrorMessage = "Exports:Lease must be between 00:00:03 and 01:00:00.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Exports:RenewEvery must be between 00:00:00.1 and 00:01:00.")]
    public TimeSpan RenewEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Wait before the second attempt after a transient failure; four times as long before each further one, a fifth more or less by chance.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Exports:RetryDelay must be between 00:00:00 and 01:00:00.")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often one instance looks for exports that nobody works on, expired files and left-over parts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage = "Exports:ReconcileEvery must be between 00:00:00.1 and 01:00:00.")]
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a queued export may wait before the engine is told again, doubling each time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Exports:AlarmGrace must be between 00:00:01 and 01:00:00.")]
    public TimeSpan AlarmGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often left-over parts and files that no export names are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "Exports:SweepEvery must be between 00:00:00 and 1.00:00:00.")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many interactive exports one instance runs at a time.</summary>
    [Range(1, 256, ErrorMessage = "Exports:Workers must be between 1 and 256.")]
    public int Workers { get; set; } = 4;

    /// <summary>How many bulk exports one instance runs at a time, besides the interactive ones.</summary>
    [Range(1, 256, ErrorMessage = "Exports:BulkWorkers must be between 1 and 256.")]
    public int BulkWorkers { get; set; } = 2;

    /// <summary>An export whose file is expected to have more bytes is a bulk export.</summary>
    [Range(typeof(long), "0", "9223372036854775807", ErrorMessage = "Exports:BulkBytes must be 0 or more.")]
    public long BulkBytes { get; set; } = 200_000_000;

    /// <summary>How many exports of one person may run at a time, on all instances together; the others wait.</summary>
    [Range(1, 10_000, ErrorMessage = "Exports:RunningPerUser must be between 1 and 10000.")]
    public int RunningPerUser { get; set; } = 3;

    /// <summary>How many bytes of files one person may have; null means any number.</summary>
    [Range(typeof(long), "1", "9223372036854775807", ErrorMessage = "Exports:QuotaBytes must be 1 or more, or not be given.")]
    public long? QuotaBytes { get; set; }

    /// <summary>How long a preview may take; what is not known by then is left out of it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30", ErrorMessage = "Exports:PreviewTime must be between 00:00:00.1 and 00:00:30.")]
    public TimeSpan PreviewTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many previews one instance makes at a time; more wait, within their time.</summary>
    [Range(1, 1000, ErrorMessage = "Exports:Previews must be between 1 and 1000.")]
    public int Previews { get; set; } = 4;

    /// <summary>For a job engine, which sizes itself while services are still being added.</summary>
    public static ExportsOptions Read(IConfiguration configuration) => configuration.GetSection("Exports").Get<ExportsOptions>() ?? new ExportsOptions();

    /// <summary>Workers of a lane on one instance.</summary>
    public int WorkersOf(Lane lane) => lane == Lane.Bulk ? BulkWorkers : Workers;
}
