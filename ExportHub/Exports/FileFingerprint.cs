using System.Buffers;
using System.Security.Cryptography;

namespace ExportHub.Exports;

/// <summary>What a file is known by.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Bytes">Null when only the hash was given.</param>
internal sealed record FileFingerprint(string Sha256, long? Bytes)
{
    /// <summary>What a hash may look like, for people.</summary>
    public const string Rule = "A SHA-256 has 64 digits, each from 0 to 9 or a to f.";

    private const int Digits = 64;
    private const int Chunk = 128 * 1024;

    /// <summary>Null when the text is no SHA-256. Blanks around it and capitals do not matter.</summary>
    public static FileFingerprint? OfText(string? text) =>
        text?.Trim() is { Length: Digits } digits && digits.All(char.IsAsciiHexDigit) ? new(digits.ToLowerInvariant(), null) : null;

    /// <summary>Reads what was sent to its end and keeps nothing. Null when there are more than <paramref name="most"/> bytes.</summary>
    /// <exception cref="BadHttpRequestException">It is cut off.</exception>
    public static async Task<FileFingerprint?> OfAsync(Stream file, long most, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            var bytes = 0L;
            int read;
            while ((read = await file.ReadAsync(buffer, cancel)) > 0)
            {
                bytes += read;
                if (bytes > most)
                {
                    return null;
                }

                hash.AppendData(buffer, 0, read);
            }

            return new(Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
        }
        catch (IOException cut) when (cut is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The file is cut off.", cut);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
