using System.Globalization;

namespace ExportHub.Formats.Cells;

/// <summary>The order and the separators of day, month and year.</summary>
internal sealed class DatePattern
{
    private const int LongestPart = 4;
    private const int LongestPattern = 20;

    // Each byte is 'd' or 'M' (shortest form), 'D' or 'N' (two digits), 'y' (four digits), or a separator.
    private readonly byte[] parts;

    private DatePattern(byte[] parts) => this.parts = parts;

    public static DatePattern Iso { get; } = new("y-N-D"u8.ToArray());

    /// <summary>
    /// The short date of a culture with the year in full. ISO when the culture counts in another calendar or spells more than digits
    /// and separators (`г.`, eras, marks of writing direction): every Excel reads that form as a date.
    /// </summary>
    public static DatePattern Of(CultureInfo culture)
    {
        var pattern = culture.DateTimeFormat.ShortDatePattern.Replace("/", culture.DateTimeFormat.DateSeparator, StringComparison.Ordinal);
        return culture.Calendar is GregorianCalendar && Read(pattern) is { } parts ? new DatePattern(parts) : Iso;
    }

    /// <summary>
    /// Day, month and year once each as d or dd, M or MM and yyyy, in any order, with separators, which only parts of a fixed width can do
    /// without. Null when it is something else.
    /// </summary>
    public static DatePattern? Parse(string pattern)
    {
        if (pattern.Length > LongestPattern || Read(pattern) is not { } parts || pattern.Count('y') != 4)
        {
            return null;
        }

        var letters = parts.Where(part => char.IsAsciiLetter((char)part)).Select(part => (char)part);
        var once = string.Concat(letters.Select(char.ToLowerInvariant).Order()) is "dmy" or "dny";
        var adjacent = parts.Zip(parts.Skip(1)).Any(pair => (pair.First is (byte)'d' or (byte)'M' || pair.Second is (byte)'d' or (byte)'M')
            && char.IsAsciiLetter((char)pair.First) && char.IsAsciiLetter((char)pair.Second));
        return once && !adjacent ? new DatePattern(parts) : null;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Concat(parts.Select(part => (char)part switch
    {
        'y' => "yyyy",
        'N' => "MM",
        'D' => "dd",
        var letter => $"{letter}",
    }));

    private static byte[]? Read(string pattern)
    {
        var found = new List<byte>();
        for (var i = 0; i < pattern.Length;)
        {
            var run = pattern.AsSpan(i).IndexOfAnyExcept(pattern[i]);
            run = run < 0 ? pattern.Length - i : run;
            if (Part(pattern[i], run) is not { } part)
            {
                return null;
            }

            found.AddRange(Enumerable.Repeat(part, char.IsAsciiLetter(pattern[i]) ? 1 : run));
            i += run;
        }

        return [.. found];
    }

    /// <summary>Only for years of four digits.</summary>
    public void Write(CivilDate date, FileBuffer to)
    {
        var room = to.Room(parts.Length * LongestPart);
        var at = 0;
        foreach (var part in parts)
        {
            at += part switch
            {
                (byte)'y' => Full(room[at..], date.Year, 4),
                (byte)'N' => Full(room[at..], date.Month, 2),
                (byte)'D' => Full(room[at..], date.Day, 2),
                (byte)'M' => Full(room[at..], date.Month, date.Month < 10 ? 1 : 2),
                (byte)'d' => Full(room[at..], date.Day, date.Day < 10 ? 1 : 2),
                _ => Separator(room[at..], part),
            };
        }

        to.Advance(at);
    }

    private static byte? Part(char letter, int run) => (letter, run) switch
    {
        ('d', 1) => (byte)'d',
        ('d', 2) => (byte)'D',
        ('M', 1) => (byte)'M',
        ('M', 2) => (byte)'N',
        ('y', 1 or 2 or 4) => (byte)'y',
        ('.' or '/' or '-' or ' ', _) => (byte)letter,
        _ => null,
    };

    private static int Full(Span<byte> room, int value, int digits)
    {
        for (var i = digits - 1; i >= 0; i--, value /= 10)
        {
            room[i] = (byte)('0' + (value % 10));
        }

        return digits;
    }

    private static int Separator(Span<byte> room, byte value)
    {
        room[0] = value;
        return 1;
    }
}
