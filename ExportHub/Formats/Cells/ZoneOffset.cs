namespace ExportHub.Formats.Cells;

/// <summary>The distance of a zone's clock from UTC.</summary>
internal static class ZoneOffset
{
    /// <summary>`+01:00`: six bytes.</summary>
    public static void Write(int minutes, Span<byte> room)
    {
        room[0] = (byte)(minutes < 0 ? '-' : '+');
        Digits.Two(room[1..], Math.Abs(minutes) / 60);
        room[3] = (byte)':';
        Digits.Two(room[4..], Math.Abs(minutes) % 60);
    }
}
