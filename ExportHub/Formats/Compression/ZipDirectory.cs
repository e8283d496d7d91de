namespace ExportHub.Formats.Compression;

/// <summary>The end of a ZIP archive: its central directory (APPNOTE 4.3.12) and the records that say where it is (4.3.14 to 4.3.16).</summary>
internal static class ZipDirectory
{
    private const int MostEntriesIn2Bytes = 0xFFFF;
    private const int Zip64EndLength = 56;
    private const int LengthAfterItself = Zip64EndLength - 12;

    /// <param name="start">Where the directory stands.</param>
    public static byte[] Of(IReadOnlyList<ZipEntry> entries, long start)
    {
        var directory = new ZipRecord();
        foreach (var entry in entries)
        {
            directory.Raw(entry.CentralHeader());
        }

        var length = directory.Length;
        var zip64 = start >= ZipEntry.InZip64 || entries.Count >= MostEntriesIn2Bytes;
        if (zip64)
        {
            AddZip64End(directory, entries.Count, length, start);
        }

        var count = Math.Min(entries.Count, MostEntriesIn2Bytes);
        return directory.Bytes4(0x06054B50)
            .Bytes2(0).Bytes2(0).Bytes2(count).Bytes2(count)
            .Bytes4(length).Bytes4(zip64 ? ZipEntry.InZip64 : start)
            .Bytes2(0)
            .ToArray();
    }

    private static void AddZip64End(ZipRecord directory, int entries, long length, long start) => directory
        .Bytes4(0x06064B50).Bytes8(LengthAfterItself).Bytes2(ZipEntry.Version45WithZip64).Bytes2(ZipEntry.Version45WithZip64)
        .Bytes4(0).Bytes4(0).Bytes8(entries).Bytes8(entries).Bytes8(length).Bytes8(start)
        .Bytes4(0x07064B50).Bytes4(0).Bytes8(start + length).Bytes4(1);
}
