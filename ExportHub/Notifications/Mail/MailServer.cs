using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using ExportHub.Language;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications.Mail;

/// <summary>Gives mails to the server of the settings, one connection each.</summary>
internal sealed class MailServer(IOptions<MailOptions> options)
{
    /// <summary>What a server answers where its operator or ours has something to mend, so that the same mail may be taken later: RFC 4954, 6 and RFC 3207, 4.</summary>
    private static readonly int[] MendableRefusals = [530, 534, 535, 538];

    /// <summary>One try: accepted, refused for now, or refused for good (RFC 5321, 4.2.1).</summary>
    /// <param name="id">The same for the same mail, so that what is sent twice is seen to be one.</param>
    public async Task<Sent> SendAsync(Guid id, string to, MailWords words, Attachment? attachment, CancellationToken cancel)
    {
        using var message = Compose(id, to, words, attachment);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(options.Value.Timeout);
        using var client = new SmtpClient(options.Value.Host, options.Value.Port) { EnableSsl = options.Value.StartTls == StartTls.Required, Timeout = (int)options.Value.Timeout.TotalMilliseconds };
        if (options.Value.User is { Length: > 0 } user)
        {
            client.Credentials = new NetworkCredential(user, options.Value.Password);
        }

        try
        {
            // The client is asked to stop too, but does not in every phase.
            await client.SendMailAsync(message, patience.Token).WaitAsync(patience.Token);
            return Sent.Arrived(Text.Of("The mail server accepted it."));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Sent.Later(Text.Of("The mail server took longer than {0:0.#} s.", options.Value.Timeout.TotalSeconds));
        }
        catch (SmtpException refused)
        {
            return Judge(refused);
        }
    }

    private static Sent Judge(SmtpException refused)
    {
        var told = refused.InnerException is { } cause && (int)refused.StatusCode < 0 ? $"{refused.Message} {cause.Message}" : refused.Message;
        return (int)refused.StatusCode >= 500 && Array.IndexOf(MendableRefusals, (int)refused.StatusCode) < 0
            ? Sent.Never(Text.Of("The mail server refused it: {0}", told))
            : Sent.Later(Text.Of("The mail server did not take it: {0}", told));
    }

    private MailMessage Compose(Guid id, string to, MailWords words, Attachment? attachment)
    {
        var message = new MailMessage
        {
            From = new MailAddress(options.Value.From!, OneLine.Of(options.Value.FromName, 100), Encoding.UTF8),
            Subject = OneLine.Of(words.Subject, 200),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(to));
        message.Headers.Add("Message-ID", $"<{id:N}@{message.From.Host}>");
        // RFC 3834: no holiday notices in return.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(View(MailBody.Text(words), MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(MailBody.Html(words), MediaTypeNames.Text.Html));
        if (attachment is not null)
        {
            message.Attachments.Add(attachment);
        }

        return message;
    }

    private static AlternateView View(string text, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(text, Encoding.UTF8, type);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }
}
