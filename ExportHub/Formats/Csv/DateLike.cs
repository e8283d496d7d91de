using System.Buffers.Text;

namespace ExportHub.Formats.Csv;

/// <summary>
/// Text that a spreadsheet takes for a date or a time: 1-2, 3/4, 2024-1-5, 16:9, MAR1, 2-Sep, 12 May 2024. Two or three parts that can be
/// day, month and year, of which one may be the name of a month.
/// </summary>
internal static class DateLike
{
    /// <summary>As `12 September 2024 10:15`.</summary>
    public const int Longest = 24;

    private const int FirstYear = 1900;

    /// <param name="dots">Whether the dates of the reader's culture have dots.</param>
    public static bool Is(ReadOnlySpan<byte> text, bool dots) => text.Length <= Longest && (IsClock(text) || IsDate(text, dots));

    /// <summary>Whether a date can go on so after its first number; a cheap answer for all the texts like `12 Elm Street`.</summary>
    /// <param name="rest">Not empty.</param>
    public static bool MayGoOn(ReadOnlySpan<byte> rest)
    {
        var next = rest[0] == ' ' && rest.Length > 1 ? rest[1] : rest[0];
        return !char.IsAsciiLetter((char)next) || MonthNames.Begin(next);
    }

    private static bool IsDate(ReadOnlySpan<byte> text, bool dots)
    {
        Span<int> numbers = stackalloc int[3];
        var (count, named, blanks) = (0, false, false);
        for (var parts = 1; parts <= 3; parts++)
        {
            if (!named && MonthNames.LengthAt(text) is > 0 and var name)
            {
                named = true;
                text = text[name..];
            }
            else if (TryNumber(ref text, out var number))
            {
                numbers[count++] = number;
            }
            else
            {
                return false;
            }

            if (parts > 1 && (text.IsEmpty || (text[0] == ' ' && IsClock(text[1..]))))
            {
                return (named || !blanks) && CanBe(numbers[..count], named);
            }

            if (!text.IsEmpty && (text[0] is (byte)'-' or (byte)'/' or (byte)' ' || (dots && text[0] == '.')))
            {
                blanks |= text[0] == ' ';
                text = text[1..];
            }
        }

        return false;
    }

    private static bool CanBe(ReadOnlySpan<int> numbers, bool named) => numbers switch
    {
        [var a] => named && IsYear(a),
        [var a, var b] when named => IsYear(a) && IsYear(b),
        [var a, var b] => (IsMonth(a) && IsYear(b)) || (IsMonth(b) && (IsDay(a) || a >= FirstYear)),
        [var a, var b, var c] => !named && ((IsYear(a) && IsMonth(b) && IsDay(c)) || (IsYear(c) && ((IsMonth(a) && IsDay(b)) || (IsDay(a) && IsMonth(b))))),
        _ => false,
    };

    private static bool IsMonth(int number) => number is >= 1 and <= 12;

    private static bool IsDay(int number) => number is >= 1 and <= 31;

    /// <summary>Two digits mean a year too; days and months are among them.</summary>
    private static bool IsYear(int number) => number is <= 99 or >= FirstYear;

    private static bool IsClock(ReadOnlySpan<byte> text) =>
        TryNumber(ref text, out _) && IsSixtieth(ref text) && (text.IsEmpty || (IsSixtieth(ref text) && text.IsEmpty));

    private static bool IsSixtieth(ref ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)':', ..])
        {
            return false;
        }

        text = text[1..];
        return TryNumber(ref text, out var number) && number < 60;
    }

    /// <summary>Takes one to four digits off the beginning.</summary>
    private static bool TryNumber(ref ReadOnlySpan<byte> text, out int number)
    {
        var found = Utf8Parser.TryParse(text, out uint value, out var length) && length <= 4;
        number = (int)value;
        text = found ? text[length..] : text;
        return found;
    }
}
