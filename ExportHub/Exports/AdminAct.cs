using ExportHub.Language;

namespace ExportHub.Exports;

/// <summary>An administrator acts, and says why. What is done and its entry in the audit are one statement: neither is there without the other.</summary>
/// <param name="Reason">Not blank, at most <see cref="LongestReason"/> characters.</param>
internal sealed record AdminAct(string Reason)
{
    public const int LongestReason = 500;

    /// <summary>Why the text is no reason; null when it is one.</summary>
    public static string? Fault(string? reason) => reason?.Trim().Length switch
    {
        null or 0 => Text.Of("Say why, in a few words."),
        > LongestReason => Text.Of("At most {0} characters.", LongestReason),
        // PostgreSQL has no NUL in a text.
        _ when reason!.Contains('\0') => Text.Of("Say why, in letters that can be read."),
        _ => null,
    };
}
