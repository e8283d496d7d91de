namespace ExportHub.Notifications.Mail;

/// <summary>What a mail says, before it is text and HTML. Nothing in it is encoded yet.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Facts">What is known, in pairs.</param>
/// <param name="LinkText">What the link is called; null when there is none.</param>
internal sealed record MailWords(string Subject, IReadOnlyList<string> Paragraphs, IReadOnlyList<(string Label, string Value)> Facts, string? LinkText = null, string? LinkTo = null);
