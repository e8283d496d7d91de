namespace ExportHub.Notifications.Mail;

/// <summary>How large a mail is that carries a file: what servers count is what is sent.</summary>
internal static class MailSize
{
    /// <summary>Letters of a line of base64 as the framework breaks it, at the least; RFC 2045 allows 76.</summary>
    private const int LineLetters = 68;

    /// <summary>Headers and both bodies, generously.</summary>
    private const int Rest = 16_000;

    /// <summary>Never less than what is sent: four letters for three bytes, and the two of each line's end.</summary>
    public static long AsSent(long bytes)
    {
        var letters = (bytes + 2) / 3 * 4;
        return letters + (((letters + LineLetters - 1) / LineLetters) * 2) + Rest;
    }
}
