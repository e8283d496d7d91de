namespace ExportHub.Files.Remote;

/// <summary>One file on its way into a store of objects. Every method throws what <see cref="IFileStore.CreateAsync"/> says.</summary>
internal interface IUpload
{
    /// <summary>Sends a part that is not the last one; part by part, from 1.</summary>
    Task SendAsync(int number, Func<Stream> open, CancellationToken cancel);

    /// <summary>
    /// Sends the rest and makes the file visible, unless something has its name. <see cref="IOException"/> means that nobody knows whether it did:
    /// the answer may have been lost on its way, and a second question is then refused because of the first.
    /// </summary>
    Task FinishAsync(int number, Func<Stream> open, CancellationToken cancel);

    /// <summary>The length of the file that is visible under the name, when it was this upload that put it there; null otherwise.</summary>
    Task<long?> LookAsync(CancellationToken cancel);

    /// <summary>Removes what was sent.</summary>
    /// <param name="visible">Whether the file may have become visible.</param>
    Task AbandonAsync(bool visible, CancellationToken cancel);
}
