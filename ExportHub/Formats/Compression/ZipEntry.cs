namespace ExportHub.Formats.Compression;

/// <summary>A file in a ZIP archive; the section numbers are those of PKWARE's APPNOTE.</summary>
/// <param name="Name">UTF-8.</param>
/// <param name="Start">Where its local header stands.</param>
/// <param name="Large">Whether its local header says that it may exceed 4 GiB.</param>
internal sealed record ZipEntry(byte[] Name, long Start, bool Large, Deflated Content)
{
    /// <summary>What a field of four bytes holds when the number is in the Zip64 field instead (4.4.8).</summary>
    public const uint InZip64 = uint.MaxValue;

    private const int Version20 = 20;
    public const int Version45WithZip64 = 45;

    // Bit 3: sizes follow the content; bit 11: names are UTF-8 (4.4.4).
    private const int Flags = 0x0808;
    private const int Deflate = 8;

    // ZIP knows no time before 1980-01-01 00:00 (4.4.6).
    private const int Time = 0;
    private const int Date = (1 << 5) | 1;

    /// <summary>Where the next entry begins.</summary>
    public long End => Start + LocalHeader(Name, Large).Length + Content.CompressedLength + DataDescriptor().Length;

    private bool SizesNeedZip64 => Content.Length >= InZip64 || Content.CompressedLength >= InZip64;

    /// <summary>4.3.7; the sizes are not known yet. One that may be large announces sizes of eight bytes (4.3.9.2).</summary>
    public static byte[] LocalHeader(byte[] name, bool large)
    {
        byte[] zip64 = large ? Zip64Field(0, 0) : [];
        var size = large ? InZip64 : 0;
        return new ZipRecord().Bytes4(0x04034B50)
            .Bytes2(large ? Version45WithZip64 : Version20).Bytes2(Flags).Bytes2(Deflate).Bytes2(Time).Bytes2(Date)
            .Bytes4(0).Bytes4(size).Bytes4(size)
            .Bytes2(name.Length).Bytes2(zip64.Length).Raw(name).Raw(zip64)
            .ToArray();
    }

    /// <summary>4.3.9; eight bytes for each size where that was announced or one of them needs it.</summary>
    public byte[] DataDescriptor()
    {
        var record = new ZipRecord().Bytes4(0x08074B50).Bytes4(Content.Crc);
        return Large || SizesNeedZip64
            ? record.Bytes8(Content.CompressedLength).Bytes8(Content.Length).ToArray()
            : record.Bytes4(Content.CompressedLength).Bytes4(Content.Length).ToArray();
    }

    /// <summary>4.3.12, with the Zip64 field where it is needed.</summary>
    public byte[] CentralHeader()
    {
        var needsZip64 = SizesNeedZip64 || Start >= InZip64;
        byte[] zip64 = needsZip64 ? Zip64Field(Content.Length, Content.CompressedLength, Start) : [];
        var version = needsZip64 || Large ? Version45WithZip64 : Version20;
        return new ZipRecord().Bytes4(0x02014B50)
            .Bytes2(version).Bytes2(version).Bytes2(Flags).Bytes2(Deflate).Bytes2(Time).Bytes2(Date).Bytes4(Content.Crc)
            .Bytes4(needsZip64 ? InZip64 : Content.CompressedLength).Bytes4(needsZip64 ? InZip64 : Content.Length)
            .Bytes2(Name.Length).Bytes2(zip64.Length).Bytes2(0).Bytes2(0).Bytes2(0).Bytes4(0)
            .Bytes4(needsZip64 ? InZip64 : Start)
            .Raw(Name).Raw(zip64)
            .ToArray();
    }

    /// <summary>4.5.3</summary>
    private static byte[] Zip64Field(params ReadOnlySpan<long> numbers)
    {
        var field = new ZipRecord().Bytes2(1).Bytes2(numbers.Length * sizeof(long));
        foreach (var number in numbers)
        {
            field.Bytes8(number);
        }

        return field.ToArray();
    }
}
