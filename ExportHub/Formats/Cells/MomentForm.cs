namespace ExportHub.Formats.Cells;

/// <summary>
/// How dates and points in time are spelled. For programs ISO 8601: `2026-01-31T10:15:00.25+01:00`, `Z` when the zone is UTC.
/// For people a culture's date and whole seconds: `31.01.2026 10:15:00`. Years outside 0001–9999 as PostgreSQL prints them.
/// </summary>
internal sealed class MomentForm(DatePattern pattern, bool iso)
{
    public static MomentForm Iso { get; } = new(DatePattern.Iso, iso: true);

    /// <summary>Whether the fraction of a second is left out.</summary>
    public bool WholeSeconds => !iso;

    /// <summary>As the option `dateFormat` has it.</summary>
    public override string ToString() => iso ? "iso" : pattern.ToString();

    public void WriteDate(int daysSince2000, FileBuffer to)
    {
        var date = CivilDate.FromDays(daysSince2000);
        if (date.HasFourDigitYear)
        {
            pattern.Write(date, to);
        }
        else
        {
            PostgresDates.WriteDate(date, to);
        }
    }

    /// <param name="wallMicros">What the clock on the wall shows, in microseconds since 2000-01-01.</param>
    /// <param name="offsetMinutes">Its distance from UTC; null for a timestamp without zone.</param>
    /// <param name="utc">The zone is UTC itself, not only as far as UTC at that instant.</param>
    public void WriteMoment(long wallMicros, int? offsetMinutes, bool utc, FileBuffer to)
    {
        var (days, timeOfDay) = SplitDay(wallMicros);
        var date = CivilDate.FromDays(days);
        if (!date.HasFourDigitYear)
        {
            PostgresDates.WriteMoment(date, timeOfDay, offsetMinutes, to);
            return;
        }

        pattern.Write(date, to);
        to.Write((byte)(iso ? 'T' : ' '));
        TimeOfDay.Write(timeOfDay, fraction: iso, to);
        if (iso && offsetMinutes is { } offset)
        {
            WriteOffset(offset, utc, to);
        }
    }

    /// <summary>Days since 2000-01-01, rounded down, and the microseconds of that day.</summary>
    public static (int Days, long TimeOfDay) SplitDay(long micros)
    {
        var (days, rest) = Math.DivRem(micros, TimeOfDay.Day);
        return rest < 0 ? ((int)days - 1, rest + TimeOfDay.Day) : ((int)days, rest);
    }

    private static void WriteOffset(int minutes, bool utc, FileBuffer to)
    {
        if (utc)
        {
            to.Write((byte)'Z');
            return;
        }

        ZoneOffset.Write(minutes, to.Room(6));
        to.Advance(6);
    }
}
