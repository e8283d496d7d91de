namespace ExportHub.Exports;

/// <summary>Each lane has workers of its own, so that a large export never stands in the way of small ones.</summary>
internal enum Lane
{
    /// <summary>Small enough that somebody waits for it at the screen, and what could not be estimated.</summary>
    Interactive,

    /// <summary>Expected to be larger than `Exports:BulkBytes`.</summary>
    Bulk,
}
