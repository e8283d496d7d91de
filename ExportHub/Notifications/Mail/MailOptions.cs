using System.ComponentModel.DataAnnotations;

namespace ExportHub.Notifications.Mail;

internal enum StartTls
{
    /// <summary>A server that does not offer it gets nothing.</summary>
    Required,

    /// <summary>Mail and password go as they are.</summary>
    Never,
}

/// <summary>Settings under `Mail`.</summary>
internal sealed class MailOptions
{
    /// <summary>The server that mail is given to (SMTP). Null means that there is no mail.</summary>
    public string? Host { get; set; }

    [Range(1, 65535, ErrorMessage = "Mail:Port must be from 1 to 65535.")]
    public int Port { get; set; } = 587;

    /// <summary>Null means that nobody signs in there.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    [EnumDataType(typeof(StartTls), ErrorMessage = "Mail:StartTls must be Required or Never.")]
    public StartTls StartTls { get; set; } = StartTls.Required;

    /// <summary>The address of the sender.</summary>
    public string? From { get; set; }

    public string FromName { get; set; } = "ExportHub";

    /// <summary>A mail with its attachment, as it is sent, has at most these bytes; larger files go as a link.</summary>
    [Range(typeof(long), "0", "1000000000", ErrorMessage = "Mail:AttachUpTo must be from 0 to 1000000000.")]
    public long AttachUpTo { get; set; } = 10_000_000;

    /// <summary>Where links in mails and web hooks lead, such as `https://exports.example.com`: the name a request came to can be anybody's invention.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Of one schedule.</summary>
    [Range(1, 1000, ErrorMessage = "Mail:MostRecipients must be from 1 to 1000.")]
    public int MostRecipients { get; set; } = 50;

    /// <summary>How long the server may take for one mail.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "Mail:Timeout must be from 00:00:00.1 to 00:10:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    internal bool IsSetUp => !string.IsNullOrWhiteSpace(Host);

    /// <summary>The address of a page for somebody outside; null where nobody said what this site is called.</summary>
    internal string? LinkTo(string page) => string.IsNullOrWhiteSpace(PublicUrl) ? null : PublicUrl.TrimEnd('/') + page;

    internal static bool HasSender(MailOptions options) => !options.IsSetUp || (options.From is { } from && MailAddresses.IsOne(from));

    internal static bool HasPublicUrl(MailOptions options) =>
        string.IsNullOrWhiteSpace(options.PublicUrl)
            ? !options.IsSetUp
            : Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Query: "", Fragment: "", UserInfo: "" };
}
