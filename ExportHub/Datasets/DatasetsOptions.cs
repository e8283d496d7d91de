using Microsoft.Extensions.Options;

namespace ExportHub.Datasets;

/// <summary>Settings under `Datasets`.</summary>
internal sealed class DatasetsOptions
{
    /// <summary>Where the definitions lie; relative to the content root.</summary>
    public string Folder { get; set; } = "datasets";

    /// <summary>
    /// Whether the folder's `demo` subfolder counts too. Default: what `Demo:Seed` says, or whether no ConnectionStrings:ExportHub is given.
    /// </summary>
    public bool? Demo { get; set; }

    /// <summary>Where the definitions that administrators make on the pages are kept.</summary>
    public DefinitionPlace Store { get; set; }

    /// <summary>How long columns and types read from the database are believed.</summary>
    public TimeSpan DescriptionLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a database may take to describe one dataset before it counts as unreachable.</summary>
    public TimeSpan DescribeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest one export may read; zero means no limit.</summary>
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long an export waits for a table that somebody else has locked.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>When the database ends a transaction that ExportHub has forgotten; zero means never.</summary>
    public TimeSpan IdleInTransactionTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the planner expects fewer rows, they are counted before the first is read; more are counted while they are read, on a second connection.</summary>
    public long CountFirstBelow { get; set; } = 100_000;

    /// <summary>Where the planner expects more rows, they are not counted; null means that all are, 0 that none are.</summary>
    public long? CountUpTo { get; set; }

    /// <summary>How long counting may keep an export waiting, before its first row and after its last.</summary>
    public TimeSpan CountPatience { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>Refuses to start on a wrong setting, naming the key and what it may be.</summary>
internal sealed class DatasetsOptionsCheck : IValidateOptions<DatasetsOptions>
{
    // PostgreSQL keeps its timeouts in 32-bit milliseconds.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public ValidateOptionsResult Validate(string? name, DatasetsOptions options)
    {
        string?[] faults =
        [
            string.IsNullOrWhiteSpace(options.Folder) ? "Datasets:Folder must name a folder." : null,
            Outside(nameof(options.DescriptionLifetime), options.DescriptionLifetime, TimeSpan.Zero),
            Outside(nameof(options.DescribeTimeout), options.DescribeTimeout, TimeSpan.FromSeconds(1)),
            Outside(nameof(options.StatementTimeout), options.StatementTimeout, TimeSpan.Zero),
            Outside(nameof(options.LockTimeout), options.LockTimeout, TimeSpan.FromMilliseconds(1)),
            Outside(nameof(options.IdleInTransactionTimeout), options.IdleInTransactionTimeout, TimeSpan.Zero),
            Outside(nameof(options.CountPatience), options.CountPatience, TimeSpan.FromMilliseconds(1)),
            options.CountFirstBelow < 0 ? "Datasets:CountFirstBelow must be 0 or more." : null,
            options.CountUpTo < 0 ? "Datasets:CountUpTo must be 0 or more, or not be given." : null,
        ];
        var found = faults.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? Outside(string key, TimeSpan value, TimeSpan least) =>
        value >= least && value <= Longest ? null : $"Datasets:{key} must be from {least:c} to {Longest:c}.";
}
