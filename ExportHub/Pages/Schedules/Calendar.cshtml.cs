using System.Globalization;
using ExportHub.Access;
using ExportHub.Datasets;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Schedules;

/// <summary>What the schedules of a person did and will do, month by month.</summary>
internal sealed class CalendarModel(MonthDesk desk) : PageModel
{
    private const int FirstYear = 2000;

    private const int LastYear = 2100;

    public MonthView View { get; private set; } = null!;

    /// <param name="month">Such as 2026-11; anything else is the month that is now.</param>
    /// <param name="zone">IANA name; anything else is that of the schedules.</param>
    public async Task OnGetAsync(string? month, string? zone, CancellationToken cancel) =>
        View = await desk.ReadAsync(MonthOf(month), zone is not null && CriteriaCheck.FindZone(zone) is not null ? zone : null, Viewer.Of(User), cancel);

    private static DateOnly? MonthOf(string? text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is >= FirstYear and <= LastYear ? month : null;
}
