namespace ExportHub.Formats.Cells;

/// <summary>Microseconds since midnight; 24:00:00 is allowed, as it is in PostgreSQL.</summary>
internal static class TimeOfDay
{
    public const long Second = 1_000_000;
    public const long Day = 86_400 * Second;

    /// <summary>`10:15:00`, and with <paramref name="fraction"/> the fraction when it is not zero, without zeros at its end: `10:15:00.25`.</summary>
    public static void Write(long micros, bool fraction, FileBuffer to)
    {
        var room = to.Room(15);
        var seconds = (int)(micros / Second);
        Digits.Two(room, seconds / 3600);
        room[2] = (byte)':';
        Digits.Two(room[3..], seconds / 60 % 60);
        room[5] = (byte)':';
        Digits.Two(room[6..], seconds % 60);
        to.Advance(fraction ? 8 + WriteFraction(room[8..], (int)(micros % Second)) : 8);
    }

    private static int WriteFraction(Span<byte> room, int micros)
    {
        if (micros == 0)
        {
            return 0;
        }

        var length = 6;
        for (; micros % 10 == 0; micros /= 10)
        {
            length--;
        }

        room[0] = (byte)'.';
        for (var i = length; i > 0; i--, micros /= 10)
        {
            room[i] = (byte)('0' + (micros % 10));
        }

        return length + 1;
    }
}
