using System.Globalization;
using System.Text.Json;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;
using ExportHub.Notifications;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>
/// Reads the form as the draft that a client would send over HTTP, so that the same checks judge both. A number that cannot be read becomes one that they refuse.
/// </summary>
internal static class ScheduleFormReader
{
    private static readonly char[] LineEnds = ['\r', '\n', ',', ';'];

    /// <summary>What the form carries along, as it was asked for; null when it is none.</summary>
    public static ExportRequest? Carried(ScheduleForm form)
    {
        try
        {
            return string.IsNullOrEmpty(form.Criteria) ? null : JsonSerializer.Deserialize<ExportRequest>(form.Criteria, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>With the dates and the format that were chosen.</summary>
    /// <param name="dateColumn">Counts where the request names none.</param>
    public static ExportRequest Chosen(ScheduleForm form, ExportRequest carried, string? dateColumn) => carried with
    {
        DateRange = Dates(form.Period, carried.DateRange, dateColumn),
        Format = form.Format ?? carried.Format,
        Options = form.Format is null || form.Format == carried.Format ? carried.Options : ForAnyFormat(carried.Options),
    };

    /// <param name="chosen">What to export; null where the template says it.</param>
    public static ScheduleDraft Read(ScheduleForm form, ExportRequest? chosen) => new()
    {
        Name = form.Name,
        Request = chosen,
        TemplateId = chosen is null ? form.Template : null,
        TemplateVersion = chosen is null ? form.TemplateVersion : null,
        Timing = When(form),
        TimeZone = form.TimeZone?.Trim(),
        Missed = Enum.TryParse<MissedRuns>(form.Missed, ignoreCase: true, out var missed) ? missed : (MissedRuns)(-1),
        Guard = new RunGuard
        {
            Empty = form.NoRows, Columns = form.OtherColumns, Factor = Factor(form.Factor), Hold = form.Odd != ScheduleForm.Banner, PauseAfter = Count(form.PauseAfter) ?? 0,
        },
        Delivery = new Delivery { MailTo = Lines(form.MailTo), Attach = form.Attach, Targets = form.Targets, MailOwner = form.MailOwner },
        KeepDays = Count(form.KeepDays),
    };

    private static Timing? When(ScheduleForm form) => !Enum.TryParse<TimingKind>(form.Kind, ignoreCase: true, out var kind) ? null : new Timing
    {
        Kind = kind, At = form.At, Weekdays = form.Weekdays, Day = Count(form.Day), Hours = Count(form.Hours), Cron = form.Cron,
    };

    private static DateRangeRequest? Dates(string? period, DateRangeRequest? carried, string? dateColumn) => period switch
    {
        null or ScheduleForm.FixedDays => carried,
        ScheduleForm.AllDays => null,
        _ when period == carried?.Relative => carried,
        _ => new DateRangeRequest(carried?.Column ?? dateColumn, Relative: period),
    };

    /// <summary>What the one format is told, the other may not know.</summary>
    private static FormatOptions? ForAnyFormat(FormatOptions? options) =>
        options is null ? null : new FormatOptions { Compression = options.Compression, RowsPerFile = options.RowsPerFile };

    private static string[] Lines(string? typed) => typed?.Split(LineEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Null for none, zero for what is no number.</summary>
    private static int? Count(string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? null : int.TryParse(typed, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>Null for none; with comma or point, whatever the language.</summary>
    private static double? Factor(string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? null
        : double.TryParse(typed.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) ? factor : double.NaN;
}
