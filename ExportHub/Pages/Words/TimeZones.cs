namespace ExportHub.Pages.Words;

/// <summary>The time zones that the page offers.</summary>
internal static class TimeZones
{
    /// <summary>IANA names of places, and UTC first.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "UTC",
        .. TimeZoneInfo.GetSystemTimeZones()
            .Select(Iana)
            .OfType<string>()
            .Where(name => name.Contains('/', StringComparison.Ordinal) && !name.StartsWith("Etc/", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static string? Iana(TimeZoneInfo zone) =>
        zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var name) ? name : null;
}
