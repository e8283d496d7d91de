using System.Buffers;
using System.Security.Cryptography;

namespace ExportHub.Formats;

/// <summary>
/// Passes bytes on and keeps their number and SHA-256. Both are done behind the writer's back, one write at a time, so that rows go on being
/// formatted meanwhile; a fault comes with the write after it or with <see cref="FinishAsync"/>.
/// </summary>
internal sealed class HashingStream(Stream inner) : WriteOnlyStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = [];
    private Task behind = Task.CompletedTask;

    /// <summary>Bytes taken; after <see cref="FinishAsync"/>, bytes passed on.</summary>
    public long BytesWritten { get; private set; }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        await behind;
        if (buffer.Length < bytes.Length)
        {
            Swap(ArrayPool<byte>.Shared.Rent(bytes.Length));
        }

        bytes.CopyTo(buffer);
        BytesWritten += bytes.Length;
        var taken = buffer.AsMemory(0, bytes.Length);
        behind = Task.Run(() => PassOnAsync(taken, cancel), CancellationToken.None);
    }

    /// <summary>Waits until every byte was passed on and returns their hash as lower-case hexadecimal; ends the hash.</summary>
    public async Task<string> FinishAsync()
    {
        await behind;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Waits for the last write, because it still uses the buffer; whether it succeeded matters to nobody any more.</summary>
    public override async ValueTask DisposeAsync()
    {
        await behind.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Swap([]);
        hash.Dispose();
        await base.DisposeAsync();
    }

    private async Task PassOnAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        hash.AppendData(bytes.Span);
        await inner.WriteAsync(bytes, cancel);
    }

    private void Swap(byte[] next)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        buffer = next;
    }
}
