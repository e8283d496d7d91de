using ExportHub.Language;
using ExportHub.Notifications;
using ExportHub.Notifications.Mail;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Notices;

/// <summary>News at the bell in words.</summary>
internal static class NoticeWords
{
    public static string Title(BellEvent one) => (one.Scheduled, one.Kind) switch
    {
        (false, "ready") => Text.Of("Your export of {0} is ready", PlainText.Of(one.Subject)),
        (false, _) => Text.Of("Your export of {0} failed", PlainText.Of(one.Subject)),
        (_, "undelivered") => Text.Of("“{0}” could not be delivered", PlainText.Of(one.Subject)),
        _ => NewsWords.Title(Enum.Parse<NewsKind>(one.Kind, ignoreCase: true), PlainText.Of(one.Subject)),
    };

    public static string Kind(BellEvent one) => one.Kind switch
    {
        "ready" => Text.Of("Ready"),
        "failed" => Text.Of("Failed"),
        "held" => Text.Of("Held"),
        "paused" => Text.Of("Paused"),
        "missed" => Text.Of("Missed"),
        _ => Text.Of("Not delivered"),
    };

    /// <summary>Colour and sign.</summary>
    public static string Look(BellEvent one) => one.Kind switch
    {
        "ready" => "completed",
        "held" or "paused" => "queued",
        _ => "failed",
    };

    /// <summary>Null where no time is known.</summary>
    public static string? Due(BellEvent one) => one.DueAt is { } due ? NewsWords.At(due, one.TimeZone) : null;
}
