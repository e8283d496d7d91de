using ExportHub.Access;
using ExportHub.Exports;

namespace ExportHub.Operations;

/// <summary>What an administrator can do; each is kept with its reason.</summary>
internal enum Act
{
    /// <summary>Stops an export that is queued or running.</summary>
    Cancel,

    /// <summary>Runs a failed or canceled export again.</summary>
    Retry,

    /// <summary>Refuses new requests.</summary>
    Pause,

    /// <summary>Takes new requests again.</summary>
    Resume,

    /// <summary>Starts nothing any more; what runs goes on.</summary>
    Drain,

    /// <summary>Starts exports again.</summary>
    Undrain,
}

/// <summary>Does what an administrator asks for. Whether somebody is one is asked at the doors.</summary>
internal sealed partial class AdminActs(ServiceModeStore modes, ControlExport control, ILogger<AdminActs> logger)
{
    /// <summary>Whether the act is on one export rather than on the service as a whole.</summary>
    public static bool IsOnExport(Act act) => act is Act.Cancel or Act.Retry;

    /// <summary>Refused: it was so already, or the state of the export does not allow it; nothing is kept then.</summary>
    /// <param name="exportId">For <see cref="Act.Cancel"/> and <see cref="Act.Retry"/>.</param>
    public async Task<ControlOutcome> DoAsync(Act act, Guid? exportId, AdminAct why, CancellationToken cancel)
    {
        var outcome = act switch
        {
            Act.Cancel => await control.CancelAsync(exportId!.Value, Viewer.Everything, why, cancel),
            Act.Retry => await control.RetryAsync(exportId!.Value, Viewer.Everything, why, cancel),
            Act.Pause or Act.Resume => Of(await modes.PauseIntakeAsync(act == Act.Pause, why, cancel)),
            Act.Drain or Act.Undrain => Of(await modes.DrainAsync(act == Act.Drain, why, cancel)),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, message: null),
        };
        if (outcome == ControlOutcome.Done)
        {
            LogDone(logger, act, exportId);
        }

        return outcome;
    }

    private static ControlOutcome Of(bool changed) => changed ? ControlOutcome.Done : ControlOutcome.Refused;

    [LoggerMessage(Level = LogLevel.Information, Message = "An administrator did {Act} on export {ExportId}; who and why is in the audit")]
    private static partial void LogDone(ILogger logger, Act act, Guid? exportId);
}
