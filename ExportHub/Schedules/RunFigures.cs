namespace ExportHub.Schedules;

/// <summary>By what runs of a schedule are compared.</summary>
internal sealed record RunFigures(long Rows, long Bytes, double Seconds, IReadOnlyList<string> Columns);
