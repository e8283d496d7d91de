namespace ExportHub.Notifications.Targets;

/// <summary>What became of a change of a target.</summary>
internal abstract record TargetOutcome
{
    private TargetOutcome()
    {
    }

    /// <param name="NewSecret">Shown once, where ExportHub has made it; null otherwise.</param>
    internal sealed record Saved(Guid Id, string? NewSecret = null) : TargetOutcome;

    /// <summary>Sentences by field, as the API names it.</summary>
    internal sealed record Rejected(IReadOnlyDictionary<string, string[]> Errors) : TargetOutcome;

    internal sealed record Unknown : TargetOutcome;
}
