using System.Globalization;
using System.Text.Json;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>The fields of a schedule as they were typed. Everything is text, so that what cannot be read is still there to be mended.</summary>
internal sealed class ScheduleForm
{
    /// <summary>In <see cref="Period"/>: the days that were given, the same at each run.</summary>
    public const string FixedDays = "fixed";

    /// <summary>In <see cref="Period"/>: no days at all.</summary>
    public const string AllDays = "all";

    /// <summary>In <see cref="Odd"/>: delivered, with a sentence on what stands out.</summary>
    public const string Banner = "banner";

    public string? Name { get; set; }

    /// <summary>What to export, as JSON: the form carries it along, and each sending is judged anew.</summary>
    public string? Criteria { get; set; }

    /// <summary>The template that the criteria are from; counts as long as they are unchanged.</summary>
    public Guid? Template { get; set; }

    public int? TemplateVersion { get; set; }

    public string? Format { get; set; }

    /// <summary>The name of a relative range, <see cref="FixedDays"/> or <see cref="AllDays"/>; null leaves the dates as they are.</summary>
    public string? Period { get; set; }

    public string? Kind { get; set; }

    public string? At { get; set; }

    public List<string> Weekdays { get; set; } = [];

    public string? Day { get; set; }

    public string? Hours { get; set; }

    public string? Cron { get; set; }

    public string? TimeZone { get; set; }

    public string? Missed { get; set; }

    public bool NoRows { get; set; }

    public string? Factor { get; set; }

    public bool OtherColumns { get; set; }

    /// <summary>What becomes of a run that stands out: `hold` or <see cref="Banner"/>.</summary>
    public string? Odd { get; set; }

    public string? PauseAfter { get; set; }

    /// <summary>One address on each line.</summary>
    public string? MailTo { get; set; }

    public bool Attach { get; set; }

    public List<string> Targets { get; set; } = [];

    public bool MailOwner { get; set; }

    public string? KeepDays { get; set; }

    /// <summary>The form of a new schedule.</summary>
    /// <param name="template">Null where the criteria are from none.</param>
    public static ScheduleForm Begin(ExportRequest request, string name, FromTemplate? template = null) => Fill(
        new ScheduleForm { Kind = "weekly", At = "06:30", Weekdays = ["monday"], Day = "1", Hours = "6", Cron = "30 6 * * 1-5" },
        name[..Math.Min(name.Length, Schedule.LongestName)], request, template, request.TimeZone, MissedRuns.One, new RunGuard(), new Notifications.Delivery(), retention: null);

    /// <summary>The form that says what a schedule says.</summary>
    public static ScheduleForm Of(Schedule schedule) => Fill(
        new ScheduleForm
        {
            Kind = Camel(schedule.Timing.Kind),
            At = schedule.Timing.At ?? "06:30",
            Weekdays = [.. schedule.Timing.Weekdays ?? ["monday"]],
            Day = Number(schedule.Timing.Day ?? 1),
            Hours = Number(schedule.Timing.Hours ?? 6),
            Cron = schedule.Timing.Cron ?? "30 6 * * 1-5",
        },
        schedule.Name, schedule.Request, schedule is { TemplateId: { } id, TemplateVersion: { } version } ? new FromTemplate(id, version) : null,
        schedule.TimeZone, schedule.Missed, schedule.Guard, schedule.Delivery, schedule.Retention);

    private static ScheduleForm Fill(
        ScheduleForm form, string name, ExportRequest request, FromTemplate? template, string? zone, MissedRuns missed, RunGuard guard, Notifications.Delivery delivery, TimeSpan? retention)
    {
        (form.Name, form.Criteria, form.Format, form.TimeZone) = (name, JsonSerializer.Serialize(request, JsonSerializerOptions.Web), request.Format, zone);
        (form.Template, form.TemplateVersion) = (template?.Id, template?.Version);
        form.Period = request.DateRange is not { } range ? AllDays : range.Relative ?? FixedDays;
        form.Missed = Camel(missed);
        (form.NoRows, form.OtherColumns, form.Odd) = (guard.Empty, guard.Columns, guard.Hold ? "hold" : Banner);
        (form.Factor, form.PauseAfter) = (guard.Factor?.ToString(Text.Culture), Number(guard.PauseAfter));
        (form.MailTo, form.Attach, form.Targets, form.MailOwner) = (string.Join('\n', delivery.MailTo), delivery.Attach, [.. delivery.Targets], delivery.MailOwner);
        form.KeepDays = retention is { } kept ? Number((int)kept.TotalDays) : null;
        return form;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Camel(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
