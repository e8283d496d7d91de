using ExportHub.Language;

namespace ExportHub.Pages.Words;

/// <summary>Durations in words. words.js says them alike while a page is open.</summary>
internal static class Duration
{
    /// <summary>A coarse guess that does not flicker: "a few seconds", "about 40 seconds", "about 3 minutes", "about 2 hours".</summary>
    public static string About(double seconds) => seconds switch
    {
        < 10 => Text.Of("a few seconds"),
        < 55 => Text.Of("about {0} seconds", Math.Ceiling(seconds / 10) * 10),
        < 90 => Text.Of("about a minute"),
        < 55 * 60 => Text.Of("about {0} minutes", Math.Round(seconds / 60)),
        < 90 * 60 => Text.Of("about an hour"),
        _ => Text.Of("about {0} hours", Math.Round(seconds / 3600)),
    };

    /// <summary>A long time without its odds and ends, never more than it is: "45 minutes", "36 hours", "6 days".</summary>
    public static string Whole(TimeSpan span) => span.TotalMinutes switch
    {
        < 2 => Text.Of("less than two minutes"),
        < 2 * 60 => Text.Of("{0} minutes", (int)span.TotalMinutes),
        < 2 * 24 * 60 => Text.Of("{0} hours", (int)span.TotalHours),
        _ => Text.Of("{0} days", (int)span.TotalDays),
    };

    /// <summary>How long something took: "less than a second", "12 seconds", "3 min 5 s", "2 h 10 min".</summary>
    public static string Exactly(TimeSpan span) => span.TotalSeconds switch
    {
        < 1 => Text.Of("less than a second"),
        < 1.5 => Text.Of("1 second"),
        < 59.5 => Text.Of("{0} seconds", Math.Round(span.TotalSeconds)),
        < 3600 => Text.Of("{0} min {1} s", span.Minutes, span.Seconds),
        _ => Text.Of("{0} h {1} min", (int)span.TotalHours, span.Minutes),
    };
}
