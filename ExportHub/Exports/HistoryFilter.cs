using System.Globalization;
using ExportHub.Access;

namespace ExportHub.Exports;

/// <summary>Which exports of the history are wanted; what is null is not asked for.</summary>
/// <param name="Before">Keyset: only exports older than this Export ID (UUIDv7 sorts by time).</param>
internal sealed record HistoryFilter(Viewer Viewer, string? Dataset = null, ExportStatus? Status = null, Guid? Before = null, int Size = 25)
{
    /// <summary>Part of a dataset's name or title, the start of a file's name, or the start of an Export ID.</summary>
    public string? Words { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? Person { get; init; }

    /// <summary>Requested then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Requested earlier.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A range of Export IDs, both ends included.</summary>
internal readonly record struct IdRange(Guid First, Guid Last)
{
    private const int Digits = 32;

    /// <summary>By how much the clocks of the application, which makes the ID, and of the database, which dates the request, may differ.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromHours(1);

    /// <summary>All that begin with so many hexadecimal digits; null when it is less than eight of them, or no digits.</summary>
    public static IdRange? StartingWith(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal);
        return digits.Length is >= 8 and <= Digits && digits.All(char.IsAsciiHexDigit) ? Of(digits, digits) : null;
    }

    /// <summary>The first ID that an export may have which was requested then or later. Source: RFC 9562, 5.7.</summary>
    public static Guid Earliest(DateTimeOffset time) => Of(Milliseconds(time - Bounded(time - DateTimeOffset.MinValue)), "").First;

    /// <summary>The last ID that an export may have which was requested earlier.</summary>
    public static Guid Latest(DateTimeOffset time) => Of("", Milliseconds(time + Bounded(DateTimeOffset.MaxValue - time))).Last;

    private static TimeSpan Bounded(TimeSpan room) => room < ClockDifference ? room : ClockDifference;

    private static IdRange Of(string first, string last) =>
        new(Guid.ParseExact(first.PadRight(Digits, '0'), "N"), Guid.ParseExact(last.PadRight(Digits, 'f'), "N"));

    private static string Milliseconds(DateTimeOffset time) => Math.Max(0, time.ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture);
}
