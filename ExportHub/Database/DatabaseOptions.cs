using Microsoft.Extensions.Options;

namespace ExportHub.Database;

/// <summary>Section `Database`.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>Data folder of the embedded server, under the content root unless absolute.</summary>
    public string Folder { get; set; } = "data/postgres";

    /// <summary>Where pg_ctl is; null means: search PATH and the usual places.</summary>
    public string? BinaryFolder { get; set; }

    /// <summary>Whom root runs the embedded server as.</summary>
    public string ServerUser { get; set; } = "postgres";

    /// <summary>How long a start waits for the database.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Most connections for ExportHub's own tables.</summary>
    public int AppPoolSize { get; set; } = 20;

    /// <summary>Most connections for the job engine.</summary>
    public int EnginePoolSize { get; set; } = 20;

    /// <summary>Most connections to each source: every running export holds one.</summary>
    public int SourcePoolSize { get; set; } = 20;

    /// <summary>A PKCS #12 file with whose certificate the keys of forms and sessions are encrypted; null means: they lie in the database as they are.</summary>
    public string? KeyCertificate { get; set; }

    /// <summary>What opens that file.</summary>
    public string? KeyCertificatePassword { get; set; }
}

/// <summary>Section `Demo`.</summary>
internal sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Whether schema demo is made when it is missing. Null means: with the embedded server only.</summary>
    public bool? Seed { get; set; }
}

internal sealed class CheckDatabaseOptions : IValidateOptions<DatabaseOptions>
{
    private const int LargestPool = 1000;

    private static readonly TimeSpan LongestStart = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        List<string> faults = [];
        Expect(options.Folder is { Length: > 0 } folder && !string.IsNullOrWhiteSpace(folder), "Folder must be a path.");
        Expect(!string.IsNullOrWhiteSpace(options.ServerUser), "ServerUser must be the name of a user of this machine.");
        Expect(options.StartTimeout >= TimeSpan.FromSeconds(1) && options.StartTimeout <= LongestStart, "StartTimeout must be from 00:00:01 to 01:00:00.");
        // One of them listens all the time.
        ExpectSize(options.AppPoolSize, nameof(options.AppPoolSize), least: 2);
        ExpectSize(options.EnginePoolSize, nameof(options.EnginePoolSize));
        ExpectSize(options.SourcePoolSize, nameof(options.SourcePoolSize));
        return faults is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void ExpectSize(int size, string key, int least = 1) => Expect(size >= least && size <= LargestPool, $"{key} must be from {least} to {LargestPool}, not {size}.");

        void Expect(bool holds, string rule)
        {
            if (!holds)
            {
                faults.Add($"{DatabaseOptions.Section}:{rule}");
            }
        }
    }
}
