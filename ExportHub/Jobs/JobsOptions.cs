namespace ExportHub.Jobs;

/// <summary>Settings under `Jobs`.</summary>
internal sealed class JobsOptions
{
    public const string Hangfire = nameof(Hangfire);
    public const string Quartz = nameof(Quartz);

    /// <summary>`Hangfire` or `Quartz`. Default: Hangfire when it is compiled in.</summary>
    public string Engine { get; set; } = Compiled[0];

    /// <summary>What this build can run, the default first.</summary>
    public static IReadOnlyList<string> Compiled { get; } =
#if HANGFIRE
        [Hangfire, Quartz];
#else
        [Quartz];
#endif
}
