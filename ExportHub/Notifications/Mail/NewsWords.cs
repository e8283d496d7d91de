using System.Globalization;
using ExportHub.Exports;
using ExportHub.Language;

namespace ExportHub.Notifications.Mail;

/// <summary>News in words, in the language of whoever reads them.</summary>
internal static class NewsWords
{
    /// <summary>What happened, in a few words that stand alone.</summary>
    public static string Title(NewsKind kind, string schedule) => kind switch
    {
        NewsKind.Ready => Text.Of("“{0}” is ready", schedule),
        NewsKind.Failed => Text.Of("“{0}” failed", schedule),
        NewsKind.Held => Text.Of("“{0}” waits for your decision", schedule),
        NewsKind.Paused => Text.Of("“{0}” was paused", schedule),
        _ => Text.Of("“{0}” did not run", schedule),
    };

    /// <summary>The time a run was due, as a sentence says it; null where none is known.</summary>
    public static string? Due(News news) => news.DueAt is { } due ? At(due, news.TimeZone) : null;

    /// <summary>An instant in a zone, which it names; in UTC where this machine does not know the zone.</summary>
    public static string At(DateTimeOffset instant, string? zone)
    {
        var known = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;
        return $"{TimeZoneInfo.ConvertTime(instant, known).ToString(Text.Of("d MMM yyyy, HH:mm"), Text.Culture)} ({(known.Equals(TimeZoneInfo.Utc) ? "UTC" : zone)})";
    }

    /// <summary>For the owner, of what is no file: what happened, whether data is affected, what to do.</summary>
    public static MailWords Trouble(News news, string? link)
    {
        List<string> said = [Happened(news)];
        if (news.Reason is { } reason)
        {
            said.Add(Text.Recall(reason));
        }

        said.Add(Consequence(news.Kind));
        return new MailWords(Title(news.Kind, news.ScheduleName), said, [], Text.Of("Look at the schedule"), link);
    }

    /// <summary>For who may have the file.</summary>
    /// <param name="attachment">What is to be said of the file that was wanted in the mail; null when none was.</param>
    public static MailWords Ready(News news, Export export, string? attachment, string? link)
    {
        List<string> said = [Due(news) is { } due
            ? Text.Of("The file of “{0}” for {1} is ready.", news.ScheduleName, due)
            : Text.Of("The file of “{0}” is ready.", news.ScheduleName)];
        if (news.Reason is { } reason)
        {
            said.Add(Text.Of("To be noticed: {0}", Text.Recall(reason)));
        }

        if (attachment is not null)
        {
            said.Add(attachment);
        }

        return new MailWords(Title(NewsKind.Ready, news.ScheduleName), said, Facts(export, news.TimeZone), Text.Of("Open the file"), link);
    }

    /// <summary>For a recipient who may not have the file: nothing of it but its name and time.</summary>
    /// <param name="isKnown">Whether the address is that of somebody who can sign in.</param>
    public static MailWords Withheld(News news, bool isKnown) => new(
        Title(NewsKind.Ready, news.ScheduleName),
        [
            Due(news) is { } due ? Text.Of("“{0}” for {1} is ready, but the file is not sent to this address.", news.ScheduleName, due) : Text.Of("“{0}” is ready, but the file is not sent to this address.", news.ScheduleName),
            isKnown
                ? Text.Of("With the rights you have now you may not see its data. If you need it, ask {0}, whose schedule it is, or an administrator.", news.Owner)
                : Text.Of("The address belongs to nobody who can sign in to ExportHub, so nobody knows what may be seen there. If you need the data, ask {0}, whose schedule it is, or an administrator.", news.Owner),
        ],
        []);

    /// <summary>For everybody, where the file is gone before the mail went.</summary>
    public static MailWords Gone(News news, string? link) => new(
        Title(NewsKind.Ready, news.ScheduleName),
        [Text.Of("The file of “{0}” was made, but it has expired before this mail could be sent.", news.ScheduleName), Text.Of("The data itself is not affected. {0} can have it made again.", news.Owner)],
        [],
        Text.Of("Look at the schedule"),
        link);

    private static string Happened(News news) => (news.Kind, Due(news)) switch
    {
        (NewsKind.Failed, { } due) => Text.Of("The run of “{0}” for {1} failed, and there is no file.", news.ScheduleName, due),
        (NewsKind.Failed, _) => Text.Of("A run of “{0}” failed, and there is no file.", news.ScheduleName),
        (NewsKind.Held, { } due) => Text.Of("The file of “{0}” for {1} differs from those before it, so it was not delivered.", news.ScheduleName, due),
        (NewsKind.Held, _) => Text.Of("The file of “{0}” differs from those before it, so it was not delivered.", news.ScheduleName),
        (NewsKind.Paused, _) => Text.Of("ExportHub has paused “{0}”: it does not run until you resume it.", news.ScheduleName),
        (_, { } due) => Text.Of("“{0}” was due at {1} and did not run.", news.ScheduleName, due),
        _ => Text.Of("A run of “{0}” was due and did not happen.", news.ScheduleName),
    };

    private static string Consequence(NewsKind kind) => kind switch
    {
        NewsKind.Held => Text.Of("Nobody has got it yet. Look at it and decide whether it is delivered."),
        NewsKind.Paused => Text.Of("The data is not affected. Mend the cause, then resume the schedule."),
        NewsKind.Failed => Text.Of("The data is not affected, and nothing was delivered. The next run goes on as planned; you can also run it now."),
        _ => Text.Of("The data is not affected. You can run it for that time yourself."),
    };

    private static List<(string Label, string Value)> Facts(Export export, string? zone)
    {
        List<(string, string)> facts = [(Text.Of("File"), export.FileName ?? ""), (Text.Of("Rows"), export.Rows.ToString("N0", Text.Culture)), (Text.Of("Size"), Size(export.Bytes))];
        if (export.Criteria.DateRange is { } range && Period(range) is { } period)
        {
            facts.Add((Text.Of("Period"), period));
        }

        if (export.ExpiresAt is { } end)
        {
            facts.Add((Text.Of("Kept until"), At(end, zone)));
        }

        return facts;
    }

    /// <summary>From the first day to the last, as the request was resolved; null where it has no end.</summary>
    public static string? Period(Datasets.DateRange range) => range is { From: { } from, To: { } to } && Day(from) is { } first && Day(to) is { } end
        ? Text.Of("{0} to {1}", first.ToString(Text.Of("d MMM yyyy"), Text.Culture), end.AddTicks(-1).ToString(Text.Of("d MMM yyyy"), Text.Culture))
        : null;

    private static DateTimeOffset? Day(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static string Size(long bytes) => bytes switch
    {
        < 1000 => bytes == 1 ? Text.Of("1 byte") : Text.Of("{0} bytes", bytes),
        < 1_000_000 => (bytes / 1e3).ToString("0.#", Text.Culture) + " KB",
        < 1_000_000_000 => (bytes / 1e6).ToString("0.#", Text.Culture) + " MB",
        _ => (bytes / 1e9).ToString("0.#", Text.Culture) + " GB",
    };
}
