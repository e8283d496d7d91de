using System.Text;

namespace ExportHub.Formats.Csv;

/// <summary>
/// The English names of the months, long and short: with them gene names such as SEPT2 and MARCH1 became dates in every Excel
/// (Ziemann, Eren, El-Osta: Gene name errors are widespread in the scientific literature, Genome Biology 2016).
/// </summary>
internal static class MonthNames
{
    private const int Short = 3;

    public static bool Begin(byte first) => "jfmasond"u8.Contains((byte)(first | 0x20));

    public static bool End(byte last) => "nybrhlegtpvc"u8.Contains((byte)(last | 0x20));

    /// <summary>The length of the name that a text begins with, the longest there is, in upper or lower case; 0 when there is none.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text)
    {
        if (text.Length < Short || After(text) is not { Found: true } after)
        {
            return 0;
        }

        var more = text[Short..];
        return StartsWith(more, after.Rest) ? Short + after.Rest.Length
            : StartsWith(more, "t"u8) && StartsWith(after.Rest, "t"u8) ? Short + 1
            : Short;
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length >= lower.Length && Ascii.EqualsIgnoreCase(text[..lower.Length], lower);

    private static Name After(ReadOnlySpan<byte> text) => ((text[0] << 16) | (text[1] << 8) | text[2] | 0x202020) switch
    {
        ('j' << 16) | ('a' << 8) | 'n' => new("uary"u8),
        ('f' << 16) | ('e' << 8) | 'b' => new("ruary"u8),
        ('m' << 16) | ('a' << 8) | 'r' => new("ch"u8),
        ('a' << 16) | ('p' << 8) | 'r' => new("il"u8),
        ('m' << 16) | ('a' << 8) | 'y' => new(""u8),
        ('j' << 16) | ('u' << 8) | 'n' => new("e"u8),
        ('j' << 16) | ('u' << 8) | 'l' => new("y"u8),
        ('a' << 16) | ('u' << 8) | 'g' => new("ust"u8),
        ('s' << 16) | ('e' << 8) | 'p' => new("tember"u8),
        ('o' << 16) | ('c' << 8) | 't' => new("ober"u8),
        ('n' << 16) | ('o' << 8) | 'v' => new("ember"u8),
        ('d' << 16) | ('e' << 8) | 'c' => new("ember"u8),
        _ => default,
    };

    private readonly ref struct Name(ReadOnlySpan<byte> rest)
    {
        public ReadOnlySpan<byte> Rest { get; } = rest;

        public bool Found { get; } = true;
    }
}
