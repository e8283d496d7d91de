namespace ExportHub.Exports;

/// <summary>What a job calls: <see cref="RunExport.RunAsync"/>, as a seam so that engines can be tested without exports.</summary>
internal delegate Task<RunOutcome> ExportRun(Guid exportId, CancellationToken stopping);
