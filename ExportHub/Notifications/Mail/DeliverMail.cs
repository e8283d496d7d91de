using System.Net.Mail;
using System.Net.Mime;
using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Files;
using ExportHub.Language;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications.Mail;

/// <summary>
/// Mails. Whether a recipient gets the way to a file, or the file, is judged at the moment of sending by what that person may see then; who may not, and an address
/// of nobody, gets a notice.
/// </summary>
internal sealed class DeliverMail(MailServer server, Recipients recipients, ExportStore exports, ExportRights rights, IFileStore files, IOptions<MailOptions> options) : IDeliver
{
    public Channel Channel => Channel.Mail;

    public async Task<Sent> SendAsync(DeliveryJob job, CancellationToken cancel)
    {
        if (!options.Value.IsSetUp)
        {
            return Sent.Never(Text.Of("No mail server is set up."));
        }

        if (job.Payload.ToOwner && !string.Equals(await recipients.AddressOfAsync(job.Owner, cancel), job.Recipient, StringComparison.OrdinalIgnoreCase))
        {
            return Sent.Never(Text.Of("The account of the owner is disabled, or has another address by now."));
        }

        return job.News.Kind == NewsKind.Ready
            ? await SendReadyAsync(job, cancel)
            : await server.SendAsync(job.Id, job.Recipient, NewsWords.Trouble(job.News, options.Value.LinkTo(job.News.Page)), attachment: null, cancel);
    }

    /// <summary>Tells whether mail works, to the person who asks. A null answer is a yes.</summary>
    public async Task<string?> TestAsync(string to, CancellationToken cancel)
    {
        if (!options.Value.IsSetUp)
        {
            return Text.Of("No mail server is set up: the setting Mail:Host is empty.");
        }

        var words = new MailWords(
            Text.Of("A test mail of ExportHub"), [Text.Of("Mail works: this was sent because an administrator asked for a test.")], [], Text.Of("Open ExportHub"), options.Value.LinkTo("/"));
        var sent = await server.SendAsync(Guid.CreateVersion7(), to, words, attachment: null, cancel);
        return sent.As == SentAs.Arrived ? null : sent.Answer;
    }

    private async Task<Sent> SendReadyAsync(DeliveryJob job, CancellationToken cancel)
    {
        if (job.News.ExportId is not { } id || await exports.FindAsync(id, cancel) is not { HasFile: true } export)
        {
            return await server.SendAsync(job.Id, job.Recipient, NewsWords.Gone(job.News, job.Payload.ToOwner ? options.Value.LinkTo(job.News.Page) : null), attachment: null, cancel);
        }

        var person = await recipients.FindAsync(job.Recipient, cancel);
        if (person is null || await rights.RefuseFileAsync(export, person, cancel) is not null)
        {
            return await server.SendAsync(job.Id, job.Recipient, NewsWords.Withheld(job.News, isKnown: person is not null), attachment: null, cancel);
        }

        var fits = MailSize.AsSent(export.Bytes) <= options.Value.AttachUpTo;
        await using var file = job.Payload.Attach && fits ? await files.OpenAsync(export.FileKey!, cancel) : null;
        using var attachment = file is null ? null : Attached(file, export);
        var words = NewsWords.Ready(job.News, export, job.Payload.Attach ? AboutAttachment(fits && file is not null) : null, options.Value.LinkTo(PageFor(job, export, person)));
        return await server.SendAsync(job.Id, job.Recipient, words, attachment, cancel);
    }

    private static string PageFor(DeliveryJob job, Export export, Viewer person) => person.MaySee(export.RequestedBy) ? $"/exports/{export.Id}" : $"/received/{job.Id}";

    private static string AboutAttachment(bool attached) => attached
        ? Text.Of("The file is attached.")
        : Text.Of("The file is too large for a mail, so this is the way to it instead.");

    private static Attachment Attached(Stream file, Export export)
    {
        var attached = new Attachment(file, ContentType(export.ContentType)) { Name = OneLine.Of(export.FileName, 200), TransferEncoding = TransferEncoding.Base64 };
        attached.ContentDisposition!.DispositionType = DispositionTypeNames.Attachment;
        return attached;
    }

    private static ContentType ContentType(string? type)
    {
        try
        {
            return new ContentType(type ?? MediaTypeNames.Application.Octet);
        }
        catch (FormatException)
        {
            return new ContentType(MediaTypeNames.Application.Octet);
        }
    }
}
