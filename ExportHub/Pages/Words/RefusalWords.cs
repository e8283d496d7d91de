using ExportHub.Exports;
using ExportHub.Language;

namespace ExportHub.Pages.Words;

/// <summary>Why an export was not accepted, where that has nothing to do with what was asked for.</summary>
internal static class RefusalWords
{
    /// <summary>Null for every other outcome.</summary>
    public static string? Of(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Paused => Text.Of("New exports are not taken at the moment, because an administrator has paused them. Try again later."),
        RequestOutcome.NoRoom room => room.Message,
        RequestOutcome.QuotaReached quota => quota.Message,
        RequestOutcome.NotPermitted refused => refused.Message,
        RequestOutcome.SourceUnavailable => Text.Of("The database of this dataset does not answer. Try again in a minute."),
        _ => null,
    };
}
