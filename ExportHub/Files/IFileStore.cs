using Microsoft.Net.Http.Headers;

namespace ExportHub.Files;

/// <summary>
/// Where finished files live. A name is made by the server, `{export id}/{attempt}.{ending}`, and written once:
/// nothing is visible under it before <see cref="IFilePart.CommitAsync"/> and nothing ever changes after.
/// </summary>
internal interface IFileStore
{
    /// <summary>
    /// Opens a new part for <paramref name="name"/>. Throws <see cref="StorageFullException"/> when there is no room; what is written to it may throw that too,
    /// <see cref="IOException"/> where another attempt may help, and <see cref="UnauthorizedAccessException"/> where only an administrator can.
    /// </summary>
    Task<IFilePart> CreateAsync(string name, FileLabel label, CancellationToken cancel);

    /// <summary>
    /// The committed file as a seekable stream to be read asynchronously, or null when there is none under that name. Where the store is not on this machine,
    /// a file that is deleted while it is read ends in an <see cref="IOException"/>.
    /// </summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancel);

    /// <summary>Removes a committed file; false when there was none.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancel);

    /// <summary>Bytes that can be written yet; null where the store has no end.</summary>
    Task<long?> FreeBytesAsync(CancellationToken cancel);

    /// <summary>Everything in the store, parts and files, for the orphan sweep.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(CancellationToken cancel);

    /// <summary>Removes what <see cref="ListAsync"/> named; false when it was gone.</summary>
    Task<bool> DeleteAsync(StoredObject stored, CancellationToken cancel);
}

/// <summary>A file that is being written. Disposing without a commit removes what was written.</summary>
internal interface IFilePart : IAsyncDisposable
{
    Stream Stream { get; }

    /// <summary>
    /// Flushes to where the file lasts, checks that exactly <paramref name="expectedLength"/> bytes are there and makes the file visible under its name.
    /// Throws <see cref="IOException"/> when the length differs; the part is then removed by disposing.
    /// </summary>
    Task CommitAsync(long expectedLength, CancellationToken cancel);
}

/// <summary>An object found in the store.</summary>
/// <param name="Name">The name it has or, for a part, would get.</param>
/// <param name="IsPart">True for what was never committed.</param>
/// <param name="Key">How the store finds this object again.</param>
internal sealed record StoredObject(string Name, bool IsPart, string Key, DateTimeOffset LastWritten);

/// <summary>What a store that hands files out itself tells about them.</summary>
internal sealed record FileLabel(string ContentType, string DownloadName)
{
    /// <summary>As the header of RFC 6266, with the name for old programs in plain ASCII and for all others in full.</summary>
    public string Disposition
    {
        get
        {
            var header = new ContentDispositionHeaderValue("attachment");
            header.SetHttpFileName(DownloadName);
            return header.ToString();
        }
    }
}
