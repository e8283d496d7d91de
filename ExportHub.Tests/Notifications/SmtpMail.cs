using System.Text;
using System.Text.RegularExpressions;

namespace ExportHub.Tests.Notifications;

/// <summary>A mail as it came, and what is in it by RFC 2045 and 2047 as far as our mails need them.</summary>
/// <param name="User">Who has signed in; null for nobody.</param>
internal sealed partial record SmtpMail(string From, string To, string? User, bool WasSecret, string Raw)
{
    public string Head => Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)];

    /// <summary>The lines of the head, each with what was folded into it.</summary>
    public IReadOnlyList<string> Headers => Fold().Replace(Head, " ").Split("\r\n");

    public string Subject => Encoded().Replace(Between().Replace(Header("Subject"), "?==?"), word => word.Groups["form"].Value is "B" or "b"
        ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["text"].Value))
        : QuotedPrintable(word.Groups["text"].Value.Replace('_', ' ')));

    public string Text => Part("text/plain") ?? "";

    public string Html => Part("text/html") ?? "";

    public string Header(string name) => Headers.SingleOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";

    /// <summary>The file that is attached; null when there is none.</summary>
    public byte[]? Attachment => Pieces().FirstOrDefault(piece => piece.Head.Contains("attachment", StringComparison.OrdinalIgnoreCase)) is { Head: not null } found
        ? Convert.FromBase64String(string.Concat(found.Body.Where(letter => !char.IsWhiteSpace(letter))))
        : null;

    private string? Part(string type) =>
        Pieces().FirstOrDefault(piece => piece.Head.Contains(type, StringComparison.OrdinalIgnoreCase)) is { Head: not null } found ? QuotedPrintable(found.Body) : null;

    private IEnumerable<(string Head, string Body)> Pieces() =>
        from piece in Boundary().Split(Raw)
        let end = piece.IndexOf("\r\n\r\n", StringComparison.Ordinal)
        where end > 0
        select (piece[..end], piece[(end + 4)..]);

    private static string QuotedPrintable(string text) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(
        Octet().Replace(text.Replace("=\r\n", "", StringComparison.Ordinal), octet => ((char)Convert.ToByte(octet.Groups["hex"].Value, 16)).ToString())));

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?utf-8\?(?<form>[BQbq])\?(?<text>[^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Encoded();

    [GeneratedRegex("=(?<hex>[0-9A-F]{2})")]
    private static partial Regex Octet();

    [GeneratedRegex(@"\r\n--[-\w.]+boundary[-\w.]*\r\n|\r\n----[-\w.]+\r\n", RegexOptions.IgnoreCase)]
    private static partial Regex Boundary();
}
