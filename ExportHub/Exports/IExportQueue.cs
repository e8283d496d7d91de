namespace ExportHub.Exports;

/// <summary>
/// The alarm clock: sees to it that <see cref="RunExport.RunAsync"/> is called with the id, at least once, by any instance, also after a restart.
/// It carries nothing but the id and decides nothing; a call too many is harmless.
/// </summary>
internal interface IExportQueue
{
    /// <summary>Returns when the engine has stored the job. A zero delay means now. Only the workers of the lane take it.</summary>
    Task EnqueueAsync(Guid exportId, Lane lane, TimeSpan delay, CancellationToken cancel);

    /// <summary>As the other with a zero delay, but before everything that waits in the lane: for what was begun once and has waited its time.</summary>
    Task EnqueueFirstAsync(Guid exportId, Lane lane, CancellationToken cancel);
}
