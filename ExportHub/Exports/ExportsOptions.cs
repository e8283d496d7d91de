using System.ComponentModel.DataAnnotations;

namespace ExportHub.Exports;

/// <summary>Settings under `Exports`.</summary>
internal sealed class ExportsOptions
{
    /// <summary>How many times a worker may start one export before it is given up.</summary>
    [Range(1, 100, ErrorMessage = "Exports:MaxAttempts must be between 1 and 100.")]
    public int MaxAttempts { get; set; } = 4;

    /// <summary>How long an attempt is trusted without a sign of life. Renewed every <see cref="RenewEvery"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:03", "01:00:00", ErrorMessage = "Exports:Lease must be between 00:00:03 and 01:00:00.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Exports:RenewEvery must be between 00:00:00.1 and 00:01:00.")]
    public TimeSpan RenewEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Wait before the second attempt after a transient failure; four times as long before each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Exports:RetryDelay must be between 00:00:00 and 01:00:00.")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often one instance looks for exports that nobody works on, expired files and left-over parts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage = "Exports:ReconcileEvery must be between 00:00:00.1 and 01:00:00.")]
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a queued export may wait before the engine is told again, doubling each time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Exports:AlarmGrace must be between 00:00:01 and 01:00:00.")]
    public TimeSpan AlarmGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often left-over parts and files that no export names are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "Exports:SweepEvery must be between 00:00:00 and 1.00:00:00.")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many exports one instance runs at a time.</summary>
    [Range(1, 256, ErrorMessage = "Exports:Workers must be between 1 and 256.")]
    public int Workers { get; set; } = 4;

    /// <summary>For a job engine, which sizes itself while services are still being added.</summary>
    public static int ReadWorkers(IConfiguration configuration) =>
        (configuration.GetSection("Exports").Get<ExportsOptions>() ?? new ExportsOptions()).Workers;
}
