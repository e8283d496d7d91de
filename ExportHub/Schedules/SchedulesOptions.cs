using System.ComponentModel.DataAnnotations;

namespace ExportHub.Schedules;

/// <summary>Settings under `Schedules`.</summary>
internal sealed class SchedulesOptions
{
    /// <summary>The least time between two runs of one schedule.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Schedules:MinInterval must be between 00:01:00 and 1.00:00:00.")]
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A run that could not be started for longer than this counts as missed.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = "Schedules:MissedAfter must be between 00:01:00 and 7.00:00:00.")]
    public TimeSpan MissedAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many schedules one person may have.</summary>
    [Range(1, 10_000, ErrorMessage = "Schedules:MostPerPerson must be between 1 and 10000.")]
    public int MostPerPerson { get; set; } = 100;

    /// <summary>How often each instance looks for runs that have ended, and for those that the job engine forgot.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Schedules:WatchEvery must be between 00:00:01 and 01:00:00.")]
    public TimeSpan WatchEvery { get; set; } = TimeSpan.FromSeconds(15);
}
