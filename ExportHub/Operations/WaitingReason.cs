using ExportHub.Exports;

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
        _ when whole.Draining => ("administrator", "An administrator stopped the start of exports."),
        { ErrorMessage: { } message } when export.DueAt > whole.At => ("retry", $"It is tried again after a failed attempt: {message}"),
        { Held: true } => ("ownExports", $"{export.RequestedBy} has as many running as one person may: {options.RunningPerUser}."),
        _ => ("workers", $"No {export.Lane.ToString().ToLowerInvariant()} worker has taken it yet."),
    };
}
