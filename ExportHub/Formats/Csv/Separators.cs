using System.Buffers;

namespace ExportHub.Formats.Csv;

/// <summary>What divides the fields and lines of a file, and what would divide them for a reader that expects another delimiter.</summary>
internal sealed class Separators(byte delimiter)
{
    private static ReadOnlySpan<byte> All => ",;\t|"u8;

    public byte Delimiter => delimiter;

    /// <summary>What a field cannot hold without a second look: what RFC 4180 puts in quotes, and <see cref="Foreign"/>.</summary>
    public SearchValues<byte> Special { get; } = SearchValues.Create([(byte)'"', .. "\r\n"u8, .. All]);

    /// <summary>The same without the delimiter: a field with none of these is written as it is once it stands in quotes.</summary>
    public SearchValues<byte> Inner { get; } = SearchValues.Create([(byte)'"', .. Others(delimiter)]);

    /// <summary>What RFC 4180 puts in quotes (section 2, rules 6 and 7).</summary>
    public SearchValues<byte> Quoted { get; } = SearchValues.Create([delimiter, (byte)'"', .. "\r\n"u8]);

    /// <summary>
    /// Where a reader that expects another delimiter begins a new cell. Line ends are among them: such a reader does not see the quotes
    /// around a field, because no cell of its begins there.
    /// </summary>
    public SearchValues<byte> Foreign { get; } = SearchValues.Create(Others(delimiter));

    private static byte[] Others(byte delimiter) => [.. All.ToArray().Where(other => other != delimiter), .. "\r\n"u8];
}
