using System.Text;
using System.Text.Encodings.Web;

namespace ExportHub.Notifications.Mail;

/// <summary>The two bodies of a mail. What people typed is text in both, whatever it looks like.</summary>
internal static class MailBody
{
    private const string Style =
        "font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif;max-width:36rem;margin:0 auto;padding:1rem";

    public static string Text(MailWords words)
    {
        var text = new StringBuilder();
        foreach (var paragraph in words.Paragraphs)
        {
            text.Append(OneLine.Of(paragraph, int.MaxValue)).Append("\r\n\r\n");
        }

        foreach (var (label, value) in words.Facts)
        {
            text.Append(OneLine.Of(label)).Append(": ").Append(OneLine.Of(value)).Append("\r\n");
        }

        if (words.LinkTo is not null)
        {
            text.Append("\r\n").Append(words.LinkText).Append(":\r\n").Append(words.LinkTo).Append("\r\n");
        }

        return text.ToString();
    }

    public static string Html(MailWords words)
    {
        var html = new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"><title>")
            .Append(Encoded(words.Subject)).Append($"</title></head><body style=\"{Style}\">");
        foreach (var paragraph in words.Paragraphs)
        {
            html.Append("<p>").Append(Encoded(paragraph)).Append("</p>");
        }

        if (words.Facts.Count > 0)
        {
            html.Append("<table role=\"presentation\" style=\"border-collapse:collapse\">");
            foreach (var (label, value) in words.Facts)
            {
                html.Append("<tr><td style=\"padding:.15rem 1rem .15rem 0;vertical-align:top\">").Append(Encoded(label)).Append("</td><td style=\"padding:.15rem 0\"><b>").Append(Encoded(value))
                    .Append("</b></td></tr>");
            }

            html.Append("</table>");
        }

        if (words.LinkTo is not null)
        {
            html.Append("<p><a href=\"").Append(HtmlEncoder.Default.Encode(words.LinkTo)).Append("\">").Append(Encoded(words.LinkText!)).Append("</a></p>");
        }

        return html.Append("</body></html>").ToString();
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(OneLine.Of(text, int.MaxValue));
}
