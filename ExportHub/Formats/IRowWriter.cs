namespace ExportHub.Formats;

/// <summary>
/// Writes rows into a stream in one file format, holding nothing but its buffers. Calls: <see cref="StartAsync"/> once,
/// <see cref="WriteAsync"/> for each row, <see cref="FinishAsync"/> once. Only a finished file is whole: disposing
/// without finishing frees the buffers and writes nothing more. The stream stays open and belongs to the caller.
/// </summary>
internal interface IRowWriter : IAsyncDisposable
{
    /// <summary>Writes what stands before the first row.</summary>
    ValueTask StartAsync(CancellationToken cancel);

    /// <summary>Writes one row; completes synchronously unless the buffer is full.</summary>
    ValueTask WriteAsync(RawRow row, CancellationToken cancel);

    /// <summary>Writes what stands after the last row and flushes every byte into the stream.</summary>
    ValueTask<WriterReport> FinishAsync(CancellationToken cancel);
}

/// <summary>What a writer can say of a finished file.</summary>
/// <param name="Rows">Data rows written, without the header.</param>
/// <param name="Remarks">What has to be said of the cells. Empty when there is nothing.</param>
internal sealed record WriterReport(long Rows, IReadOnlyList<Remark> Remarks)
{
    /// <summary>The files with rows in a ZIP archive; empty where there is none.</summary>
    public IReadOnlyList<WrittenFile> Files { get; init; } = [];
}

/// <summary>A file with rows inside of a ZIP archive.</summary>
/// <param name="Bytes">Before compression.</param>
/// <param name="Sha256">Lower-case hexadecimal of those bytes.</param>
internal sealed record WrittenFile(string Name, long Rows, long Bytes, string Sha256);
