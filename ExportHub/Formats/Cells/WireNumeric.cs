using System.Buffers.Binary;

namespace ExportHub.Formats.Cells;

/// <summary>
/// A numeric as it comes over the wire (numeric_send in src/backend/utils/adt/numeric.c): int16 count of digits, weight of the
/// first digit, sign and display scale, then the digits in base 10000. The value is ± the sum of digit[i] × 10000^(weight - i).
/// </summary>
internal readonly ref struct WireNumeric(ReadOnlySpan<byte> wire)
{
    private const int HeaderLength = 8;
    private const int Negative = 0x4000;
    private const int NaN = 0xC000;
    private const int PositiveInfinity = 0xD000;
    private const int NegativeInfinity = 0xF000;

    private readonly ReadOnlySpan<byte> digits = wire[HeaderLength..];
    private readonly int sign = BinaryPrimitives.ReadUInt16BigEndian(wire[4..]);

    public bool IsFinite => sign is not (NaN or PositiveInfinity or NegativeInfinity);

    public int Weight { get; } = BinaryPrimitives.ReadInt16BigEndian(wire[2..]);

    /// <summary>Digits after the point as PostgreSQL prints it.</summary>
    public int Scale { get; } = BinaryPrimitives.ReadUInt16BigEndian(wire[6..]);

    private int DigitCount => digits.Length / 2;

    /// <summary>
    /// How many decimal digits it takes to write the value without losing one: from the first that is not zero to the last that is not
    /// zero or to the units, whichever comes later. Zero has none. Only for finite values.
    /// </summary>
    public int SignificantDigits()
    {
        var first = 0;
        var last = DigitCount - 1;
        while (first <= last && Digit(first) == 0)
        {
            first++;
        }

        while (last > first && Digit(last) == 0)
        {
            last--;
        }

        if (first > last)
        {
            return 0;
        }

        var beforePoint = ((Weight - first) * 4) + Digits.Count(Digit(first));
        var afterPoint = ((last - Weight) * 4) - Digits.TrailingZeros(Digit(last));
        return beforePoint + Math.Max(0, afterPoint);
    }

    /// <summary>Writes it as PostgreSQL prints it: every digit of its display scale, `NaN`, `Infinity`, `-Infinity`.</summary>
    public void Write(FileBuffer to, byte decimalSign)
    {
        if (!IsFinite)
        {
            to.Write(sign switch { NaN => "NaN"u8, PositiveInfinity => "Infinity"u8, _ => "-Infinity"u8 });
            return;
        }

        // Sign, integer digits, point, fraction rounded up to whole base-10000 digits.
        var room = to.Room((Math.Max(Weight + 1, 1) * 4) + Scale + 6);
        var at = 0;
        if (sign == Negative)
        {
            room[at++] = (byte)'-';
        }

        at += WriteInteger(room[at..]);
        if (Scale > 0)
        {
            room[at++] = decimalSign;
            WriteFraction(room[at..]);
            at += Scale;
        }

        to.Advance(at);
    }

    private int WriteInteger(Span<byte> room)
    {
        if (Weight < 0)
        {
            room[0] = (byte)'0';
            return 1;
        }

        var first = Digit(0);
        var at = Math.Max(1, Digits.Count(first));
        for (int i = at - 1, rest = first; i >= 0; i--, rest /= 10)
        {
            room[i] = (byte)('0' + (rest % 10));
        }

        for (var i = 1; i <= Weight; i++, at += 4)
        {
            Digits.Four(room[at..], Digit(i));
        }

        return at;
    }

    private void WriteFraction(Span<byte> room)
    {
        for (int at = 0, i = Weight + 1; at < Scale; at += 4, i++)
        {
            Digits.Four(room[at..], Digit(i));
        }
    }

    /// <summary>Zeros before the first and after the last digit are not sent.</summary>
    private int Digit(int index) =>
        (uint)index < (uint)DigitCount ? BinaryPrimitives.ReadInt16BigEndian(digits[(index * 2)..]) : 0;
}
