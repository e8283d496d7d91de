using System.Runtime.ExceptionServices;

namespace ExportHub.Files.Remote;

/// <summary>A part that is sent to a store of objects while it is written.</summary>
internal sealed class RemoteFilePart(IUpload upload, long partBytes) : IFilePart
{
    /// <summary>An attempt that has failed waits no longer for the store to clean up; the sweep removes what stays.</summary>
    private static readonly TimeSpan TimeToCleanUp = TimeSpan.FromSeconds(10);

    private readonly PartStream content = new(partBytes, upload.SendAsync);
    private bool finishing;
    private bool committed;

    public Stream Stream => content;

    public async Task CommitAsync(long expectedLength, CancellationToken cancel)
    {
        if (content.Length != expectedLength)
        {
            throw new IOException($"The storage was given {content.Length} bytes where {expectedLength} were written.");
        }

        finishing = true;
        var doubt = await TryFinishAsync(cancel);
        if (await upload.LookAsync(cancel) is not { } length)
        {
            doubt?.Throw();
            throw new IOException("The storage has no file where it said that it put one.");
        }

        if (length != expectedLength)
        {
            throw new IOException($"The file has {length} bytes in the storage where {expectedLength} were written.");
        }

        committed = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!committed)
        {
            await CleanUpAsync();
        }

        await content.DisposeAsync();
    }

    /// <summary>Whether it is there is asked of the store in any case, so a lost answer is no fault.</summary>
    private async Task<ExceptionDispatchInfo?> TryFinishAsync(CancellationToken cancel)
    {
        try
        {
            await upload.FinishAsync(content.Number, content.OpenRest, cancel);
            return null;
        }
        catch (IOException fault)
        {
            return ExceptionDispatchInfo.Capture(fault);
        }
    }

    private async Task CleanUpAsync()
    {
        using var limit = new CancellationTokenSource(TimeToCleanUp);
        try
        {
            await upload.AbandonAsync(finishing, limit.Token);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // What made the attempt fail is what is to be told, and most likely this fails for the same reason.
        }
    }
}
