using ExportHub.Operations;

namespace ExportHub.Pages.Operations;

/// <summary>What the acts of administrators are called.</summary>
internal static class ActWords
{
    /// <summary>On a button.</summary>
    public static string Button(Act act) => act switch
    {
        Act.Cancel => "Cancel export",
        Act.Retry => "Try again",
        Act.Pause => "Pause intake",
        Act.Resume => "Resume intake",
        Act.Drain => "Stop starting exports",
        Act.Undrain => "Start exports again",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, message: null),
    };

    /// <summary>What will happen.</summary>
    public static string Consequence(Act act) => act switch
    {
        Act.Cancel => "It stops within seconds and makes no file. It can be tried again later.",
        Act.Retry => "It is queued again with the same criteria and all its attempts.",
        Act.Pause => "New requests are refused with a friendly sentence. What was accepted goes on.",
        Act.Resume => "New requests are taken again.",
        Act.Drain => "What runs goes on to its end, and nothing new is started on any instance. Requests are still taken and wait.",
        Act.Undrain => "What waits is started again within seconds.",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, message: null),
    };

    /// <summary>In the record: who did …</summary>
    public static string Done(Act act) => act switch
    {
        Act.Cancel => "canceled an export",
        Act.Retry => "had an export tried again",
        Act.Pause => "paused the intake",
        Act.Resume => "resumed the intake",
        Act.Drain => "stopped the start of exports",
        Act.Undrain => "let exports start again",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, message: null),
    };

    public static string Address(Act act, Guid? export = null) =>
        $"/admin/operations?act={act.ToString().ToLowerInvariant()}" + (export is null ? "" : $"&export={export}") + "#act";
}
