namespace ExportHub.Schedules;

internal enum TimingKind
{
    /// <summary>Every day at <see cref="Timing.At"/>.</summary>
    Daily,

    /// <summary>On <see cref="Timing.Weekdays"/>.</summary>
    Weekly,

    /// <summary>On <see cref="Timing.Day"/> of each month; where a month has no such day, on its last.</summary>
    Monthly,

    /// <summary>On the last day of each month.</summary>
    LastDay,

    /// <summary>Every <see cref="Timing.Hours"/> hours of the day, the first at <see cref="Timing.At"/>.</summary>
    Hourly,

    /// <summary>By <see cref="Timing.Cron"/>.</summary>
    Cron,
}

/// <summary>When a schedule is due, in local time of its zone. Only what the kind speaks of is given.</summary>
internal sealed record Timing
{
    public required TimingKind Kind { get; init; }

    /// <summary>`HH:mm`.</summary>
    public string? At { get; init; }

    /// <summary>`monday` to `sunday`.</summary>
    public IReadOnlyList<string>? Weekdays { get; init; }

    /// <summary>1 to 31.</summary>
    public int? Day { get; init; }

    /// <summary>1, 2, 3, 4, 6, 8 or 12.</summary>
    public int? Hours { get; init; }

    /// <summary>Five fields: minute, hour, day of month, month, day of week.</summary>
    public string? Cron { get; init; }
}
