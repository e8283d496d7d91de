using System.Text;
using ExportHub.Database;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ExportHub.Exports;

/// <summary>
/// A form with a file (RFC 7578), read as it comes in, so that nothing of the file is kept anywhere. Fields count where they stand before the
/// file, or where there is none; browsers send them in the order of the page.
/// </summary>
internal sealed class SentForm
{
    private const int LongestBoundary = 70;
    private const int LongestField = 4096;
    private const int MostParts = 100;

    /// <summary>For the way from one part to the next: the rest of a field, what stands before the first part, and the lines of a part's header.</summary>
    private const long LongestWay = 64 * 1024;

    private readonly RationedStream body;
    private readonly MultipartReader reader;

    private SentForm(string boundary, RationedStream body) => (this.body, reader) = (body, new MultipartReader(boundary, body));

    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>What the sender calls the file; null when there is none. Nothing may be trusted to it.</summary>
    public string? FileName { get; private set; }

    /// <summary>Null when the body is no such form.</summary>
    public static SentForm? Of(string? contentType, Stream body)
    {
        var boundary = MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType == "multipart/form-data"
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;
        // 70 is the most that RFC 2046, 5.1.1 allows.
        return boundary is { Length: > 0 and <= LongestBoundary } ? new SentForm(boundary, new RationedStream(body)) : null;
    }

    /// <summary>Reads the fields up to the file; the answer is the file, or null when none was chosen, and all fields were read then.</summary>
    /// <exception cref="BadHttpRequestException">It is not what a form looks like.</exception>
    public async Task<Stream?> ReadToFileAsync(CancellationToken cancel)
    {
        try
        {
            for (var parts = 1; await NextAsync(cancel) is { } section; parts++)
            {
                // All before the file is kept, so that it has to be little.
                Demand(parts <= MostParts, "The form has too many parts.");
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var said))
                {
                    await TextAsync(section.Body, cancel);
                    continue;
                }

                if (said.IsFileDisposition() && (FileName = NameOf(said)) is not null)
                {
                    return section.Body;
                }

                Fields[HeaderUtilities.RemoveQuotes(said.Name).ToString()] = await TextAsync(section.Body, cancel);
            }

            return null;
        }
        catch (Exception fault) when (fault is InvalidDataException or NotSupportedException or (IOException and not BadHttpRequestException))
        {
            throw new BadHttpRequestException("The form is cut off or not well formed.", fault);
        }
    }

    private async Task<MultipartSection?> NextAsync(CancellationToken cancel)
    {
        body.Ration = LongestWay;
        var section = await reader.ReadNextSectionAsync(cancel);
        body.Ration = null;
        return section;
    }

    /// <summary>The last part of the name, since some programs send a path. Null when it is empty, which is how browsers send that no file was chosen.</summary>
    internal static string? NameOf(ContentDispositionHeaderValue said)
    {
        var name = HeaderUtilities.RemoveQuotes(Decoded(said)).ToString();
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..] is { Length: > 0 } last ? StorableText.Of(last) : null;
    }

    private static StringSegment Decoded(ContentDispositionHeaderValue said)
    {
        try
        {
            return said.FileNameStar.HasValue ? said.FileNameStar : said.FileName;
        }
        catch (NotSupportedException fault)
        {
            // UTF-7, in which anything can be hidden.
            throw new BadHttpRequestException("The name of the file is in an encoding that is not read.", fault);
        }
    }

    private static async Task<string> TextAsync(Stream field, CancellationToken cancel)
    {
        var bytes = new byte[LongestField + 1];
        var length = await field.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        Demand(length <= LongestField, "A field of the form is too long.");
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static void Demand(bool holds, string fault)
    {
        if (!holds)
        {
            throw new BadHttpRequestException(fault);
        }
    }
}
