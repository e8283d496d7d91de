using ExportHub.Exports;
using ExportHub.Language;

namespace ExportHub.Operations;

/// <summary>Why an export waits.</summary>
internal static class WaitingReason
{
    public static WaitingExport Explain(WaitingExport export, WholeFacts whole, ExportsOptions options)
    {
        var (waitsFor, why) = Of(export, whole, options);
        return export with { WaitsFor = waitsFor, Why = why };
    }

    private static (string WaitsFor, string Why) Of(WaitingExport export, WholeFacts whole, ExportsOptions options) => export switch
    {
        _ when whole.Draining => ("administrator", Text.Of("An administrator stopped the start of exports.")),
        { ErrorMessage: { } message } when export.DueAt > whole.At => ("retry", Text.Of("It is tried again after a failed attempt: {0}", Text.Recall(message))),
        { Held: true } => ("ownExports", Text.Of("{0} has as many running as one person may: {1}.", export.RequestedBy, options.RunningPerUser)),
        _ => ("workers", Text.Of(export.Lane == Lane.Bulk ? "No bulk worker has taken it yet." : "No interactive worker has taken it yet.")),
    };
}
