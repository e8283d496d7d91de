using ExportHub.Operations;

namespace ExportHub.Pages.Operations;

/// <summary>The question that comes before an act: what will happen, and why it is wanted.</summary>
public sealed class ActForm
{
    internal ActForm(Act act, Guid? exportId, string? of, string? reason = null, string? fault = null) =>
        (Act, ExportId, Of, Reason, Fault) = (act, exportId, of, reason, fault);

    internal Act Act { get; }

    /// <summary>Null for an act on the service as a whole.</summary>
    internal Guid? ExportId { get; }

    /// <summary>The export in words.</summary>
    internal string? Of { get; }

    /// <summary>What was typed.</summary>
    internal string? Reason { get; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal string? Fault { get; }
}
