namespace ExportHub.Exports;

/// <summary>An administrator acts, and says why. What is done and its row in exporthub.admin_action are one statement: neither is there without the other.</summary>
/// <param name="Who">The person's name.</param>
/// <param name="Reason">Not blank, at most <see cref="LongestReason"/> characters.</param>
internal sealed record AdminAct(string Who, string Reason)
{
    public const int LongestReason = 500;

    /// <summary>For the primary key; it sorts by time.</summary>
    public Guid ActId { get; } = Guid.CreateVersion7();

    /// <summary>Why the text is no reason; null when it is one.</summary>
    public static string? Fault(string? reason) => reason?.Trim().Length switch
    {
        null or 0 => "Say why, in a few words.",
        > LongestReason => $"At most {LongestReason} characters.",
        _ => null,
    };
}
