using System.Buffers;
using System.Buffers.Binary;

namespace ExportHub.Formats.Compression;

/// <summary>The bytes of a record of a ZIP archive, whose numbers are little endian.</summary>
internal sealed class ZipRecord
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public ZipRecord Bytes2(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.GetSpan(sizeof(ushort)), (ushort)value);
        bytes.Advance(sizeof(ushort));
        return this;
    }

    public ZipRecord Bytes4(long value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.GetSpan(sizeof(uint)), (uint)value);
        bytes.Advance(sizeof(uint));
        return this;
    }

    public ZipRecord Bytes8(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.GetSpan(sizeof(long)), value);
        bytes.Advance(sizeof(long));
        return this;
    }

    public ZipRecord Raw(ReadOnlySpan<byte> raw)
    {
        bytes.Write(raw);
        return this;
    }

    public int Length => bytes.WrittenCount;

    public byte[] ToArray() => bytes.WrittenSpan.ToArray();
}
