namespace ExportHub.Exports;

/// <summary>
/// Where an export stands. Transitions happen only in <see cref="ExportStore"/>, each as one guarded UPDATE; the table has a CHECK for each state's columns.
/// </summary>
internal enum ExportStatus
{
    /// <summary>Accepted and waiting for a worker, the first time or again after a transient failure. A worker's claim makes it running;
    /// a cancel makes it canceled at once. If the engine loses its job, the reconciler enqueues it again.</summary>
    Queued,

    /// <summary>An attempt holds the lease and renews it every second with its progress. Leaves by publish, failure, cancel, or graceful
    /// release (back to queued). If the worker dies, the lease runs out and the next claim starts a new attempt.</summary>
    Running,

    /// <summary>Exactly one file was published; its name, length and SHA-256 are in the row. Becomes expired when its time is up
    /// and nobody keeps it, or when somebody deletes its file: the object goes first, so that a crash in between is done again.</summary>
    Completed,

    /// <summary>Given up, with a code and a sentence that says why. No file. A retry makes it queued again.</summary>
    Failed,

    /// <summary>Stopped because someone asked. No file. A retry makes it queued again.</summary>
    Canceled,

    /// <summary>Was completed; the file was removed when its time was up or somebody deleted it, the record stays.</summary>
    Expired,
}
