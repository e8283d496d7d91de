using System.Globalization;

namespace ExportHub.Formats.Cells;

/// <summary>
/// Dates that ISO 8601 has no plain form for, as PostgreSQL prints them with DateStyle ISO (EncodeDateTime in
/// src/backend/utils/adt/datetime.c): `infinity`, `0044-03-15 BC`, `12345-01-01 10:00:00+05:30`.
/// </summary>
internal static class PostgresDates
{
    public static void WriteInfinity(bool positive, FileBuffer to) => to.Write(positive ? "infinity"u8 : "-infinity"u8);

    public static void WriteDate(CivilDate date, FileBuffer to)
    {
        WriteDay(date, to);
        WriteEra(date, to);
    }

    public static void WriteMoment(CivilDate date, long timeOfDay, int? offsetMinutes, FileBuffer to)
    {
        WriteDay(date, to);
        to.Write((byte)' ');
        TimeOfDay.Write(timeOfDay, fraction: true, to);
        if (offsetMinutes is { } offset)
        {
            WriteOffset(offset, to);
        }

        WriteEra(date, to);
    }

    private static void WriteDay(CivilDate date, FileBuffer to)
    {
        var year = date.Year > 0 ? date.Year : 1 - date.Year;
        year.TryFormat(to.Room(16), out var written, "D4", CultureInfo.InvariantCulture);
        to.Advance(written);
        var room = to.Room(6);
        room[0] = room[3] = (byte)'-';
        Digits.Two(room[1..], date.Month);
        Digits.Two(room[4..], date.Day);
        to.Advance(6);
    }

    private static void WriteOffset(int minutes, FileBuffer to)
    {
        var room = to.Room(6);
        ZoneOffset.Write(minutes, room);
        to.Advance(minutes % 60 == 0 ? 3 : 6);
    }

    private static void WriteEra(CivilDate date, FileBuffer to)
    {
        if (date.Year <= 0)
        {
            to.Write(" BC"u8);
        }
    }
}
