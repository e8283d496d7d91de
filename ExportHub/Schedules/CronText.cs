using System.Globalization;
using System.Numerics;
using ExportHub.Language;

namespace ExportHub.Schedules;

/// <summary>
/// Reads the five fields of a cron expression: `*`, numbers, names of months and days, lists, ranges and steps; `L` is the last day of the month. As in Vixie's cron, a day fits
/// when either the day of the month or the weekday does, unless one of the two fields begins with `*`. A `*`, range or step in minutes or hours makes it an interval.
/// </summary>
internal static class CronText
{
    private const int LongestText = 200;

    private static readonly string[] MonthNames = ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Null after a fault.</summary>
    public static TimeFields? Read(string? text, Action<string> fault)
    {
        if (text?.Length > LongestText || text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { Length: 5 } parts)
        {
            fault(Text.Of("Give five fields: minute, hour, day of month, month and day of week, such as 30 6 * * 1-5."));
            return null;
        }

        if (Bits(parts[0], 0, 59, []) is not { } minutes)
        {
            fault(Text.Of("The first field, the minute, takes 0 to 59, as numbers, lists, ranges or steps such as */30."));
            return null;
        }

        if (Bits(parts[1], 0, 23, []) is not { } hours)
        {
            fault(Text.Of("The second field, the hour, takes 0 to 23, as numbers, lists, ranges or steps such as 8-18/2."));
            return null;
        }

        if (DayBits(parts[2]) is not var (days, last))
        {
            fault(Text.Of("The third field, the day of the month, takes 1 to 31, as numbers, lists, ranges or steps, and L for the last day."));
            return null;
        }

        if (Bits(parts[3], 1, 12, MonthNames) is not { } months)
        {
            fault(Text.Of("The fourth field, the month, takes 1 to 12 or JAN to DEC, as numbers, lists, ranges or steps."));
            return null;
        }

        if (Bits(parts[4], 0, 7, DayNames) is not { } weekdays)
        {
            fault(Text.Of("The fifth field, the day of the week, takes 0 to 7 or SUN to SAT, where 0 and 7 are Sunday, as numbers, lists, ranges or steps."));
            return null;
        }

        return new TimeFields(minutes, hours, days, months, (weekdays | weekdays >> 7) & TimeFields.AllWeekdays)
        {
            LastDay = last,
            EitherDay = parts[2][0] != '*' && parts[4][0] != '*',
            IsInterval = parts[..2].Any(part => part.AsSpan().ContainsAny('*', '/', '-')),
        };
    }

    private static (ulong Days, bool Last)? DayBits(string part)
    {
        var items = part.Split(',');
        var numbers = items.Where(item => item is not ("L" or "l")).ToArray();
        return numbers.Length == 0 ? (0, true) : Bits(string.Join(',', numbers), 1, 31, []) is { } bits ? (bits, numbers.Length < items.Length) : null;
    }

    /// <summary>Null when it is no such field.</summary>
    private static ulong? Bits(string part, int least, int most, string[] names)
    {
        var all = 0ul;
        foreach (var item in part.Split(','))
        {
            if (Item(item, least, most, names) is not { } bits)
            {
                return null;
            }

            all |= bits;
        }

        return all;
    }

    private static ulong? Item(string item, int least, int most, string[] names)
    {
        if (item.Split('/') is not { Length: 1 or 2 } halves || (halves.Length == 2 ? Number(halves[1]) : 1) is not (> 0 and var step))
        {
            return null;
        }

        var ends = halves[0] == "*" ? [$"{least}", $"{most}"] : halves[0].Split('-');
        if (ends.Length > 2 || Value(ends[0], names) is not { } from)
        {
            return null;
        }

        // A number with a step goes on to the end of the field; Sunday ends a range as the seventh day.
        var to = ends.Length == 2 ? Value(ends[1], names) : halves.Length == 2 ? most : from;
        to = to == 0 && most == 7 && from > 0 ? 7 : to;
        return to is { } end && from >= least && from <= end && end <= most ? Every(step, from, end) : null;
    }

    private static ulong Every(int step, int from, int to)
    {
        var bits = 0ul;
        for (var value = from; value <= to; value += step)
        {
            bits |= BitOperations.RotateLeft(1ul, value);
        }

        return bits;
    }

    private static int? Value(string text, string[] names) =>
        Array.FindIndex(names, name => name.Length > 0 && name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var named ? named : Number(text);

    private static int? Number(string text) => text.Length <= 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
