namespace ExportHub.Pages.Words;

/// <summary>Durations in words. status.js says the remaining time in the same words while a page is open.</summary>
internal static class Duration
{
    /// <summary>A coarse guess that does not flicker: "a few seconds", "about 40 seconds", "about 3 minutes", "about 2 hours".</summary>
    public static string About(double seconds) => seconds switch
    {
        < 10 => "a few seconds",
        < 55 => $"about {Math.Ceiling(seconds / 10) * 10:0} seconds",
        < 90 => "about a minute",
        < 55 * 60 => $"about {Math.Round(seconds / 60):0} minutes",
        < 90 * 60 => "about an hour",
        _ => $"about {Math.Round(seconds / 3600):0} hours",
    };

    /// <summary>How long something took: "less than a second", "12 seconds", "3 min 5 s", "2 h 10 min".</summary>
    public static string Exactly(TimeSpan span) => span.TotalSeconds switch
    {
        < 1 => "less than a second",
        < 1.5 => "1 second",
        < 59.5 => $"{span.TotalSeconds:0} seconds",
        < 3600 => $"{span.Minutes} min {span.Seconds} s",
        _ => $"{(int)span.TotalHours} h {span.Minutes} min",
    };
}
