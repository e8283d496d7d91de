namespace ExportHub.Schedules;

/// <summary>Collects what is wrong with what somebody sent, field by field.</summary>
internal sealed class FieldFaults
{
    private readonly List<(string Field, string Message)> all = [];

    /// <summary>Null when nothing was wrong.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors => all.Count == 0
        ? null
        : all.GroupBy(fault => fault.Field, fault => fault.Message).ToDictionary(group => group.Key, group => group.Distinct().ToArray());

    public void Add(string field, string message) => all.Add((field, message));
}
