using ExportHub.Language;
using ExportHub.Operations;

namespace ExportHub.Pages.Operations;

/// <summary>What the acts of administrators are called.</summary>
internal static class ActWords
{
    /// <summary>On a button.</summary>
    public static string Button(Act act) => act switch
    {
        Act.Cancel => Text.Of("Cancel export"),
        Act.Retry => Text.Of("Try again"),
        Act.Pause => Text.Of("Pause intake"),
        Act.Resume => Text.Of("Resume intake"),
        Act.Drain => Text.Of("Stop starting exports"),
        Act.Undrain => Text.Of("Start exports again"),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, message: null),
    };

    /// <summary>What will happen.</summary>
    public static string Consequence(Act act) => act switch
    {
        Act.Cancel => Text.Of("It stops within seconds and makes no file. It can be tried again later."),
        Act.Retry => Text.Of("It is queued again with the same criteria and all its attempts."),
        Act.Pause => Text.Of("New requests are refused with a friendly sentence. What was accepted goes on."),
        Act.Resume => Text.Of("New requests are taken again."),
        Act.Drain => Text.Of("What runs goes on to its end, and nothing new is started on any instance. Requests are still taken and wait."),
        Act.Undrain => Text.Of("What waits is started again within seconds."),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, message: null),
    };

    /// <summary>In the record: who did what.</summary>
    public static string Done(Act act, string who) => act switch
    {
        Act.Cancel => Text.Of("{0} canceled an export", who),
        Act.Retry => Text.Of("{0} had an export tried again", who),
        Act.Pause => Text.Of("{0} paused the intake", who),
        Act.Resume => Text.Of("{0} resumed the intake", who),
        Act.Drain => Text.Of("{0} stopped the start of exports", who),
        Act.Undrain => Text.Of("{0} let exports start again", who),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, message: null),
    };

    public static string Address(Act act, Guid? export = null) =>
        $"/admin/operations?act={act.ToString().ToLowerInvariant()}" + (export is null ? "" : $"&export={export}") + "#act";
}
