using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Notifications.Targets;
using ExportHub.Pages.Request;
using ExportHub.Pages.Words;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>What the parts of the form are drawn from.</summary>
public sealed class ScheduleFormView
{
    internal ScheduleFormView(ScheduleForm form, ExportRequest carried, Dataset dataset, FormRunsView runs, DateTimeOffset now) =>
        (Form, Carried, Dataset, Runs, Now) = (form, carried, dataset, runs, now);

    internal ScheduleForm Form { get; }

    /// <summary>What it began with.</summary>
    internal ExportRequest Carried { get; }

    internal Dataset Dataset { get; }

    internal FormRunsView Runs { get; }

    internal DateTimeOffset Now { get; }

    internal IReadOnlyList<FormError> Errors { get; init; } = [];

    internal IReadOnlyList<TargetChoice> Targets { get; init; } = [];

    /// <summary>What to export in words, but for the dates and the format, which are fields. Times are in the zone of the schedule, as they will be at each run.</summary>
    internal IReadOnlyList<string> Phrases =>
        CriteriaCheck.Settle(Dataset, (Carried with { DateRange = null, TimeZone = Zone.Id }).Criteria, Now, (_, _) => { }) is { } criteria
            ? CriteriaWords.Describe(Dataset.Definition, criteria)
            : [];

    /// <summary>The column that a period is about; null where the dataset has no dates.</summary>
    internal string? DateColumn => ScheduleFormDesk.DateColumnOf(Carried, Dataset);

    internal bool HasFixedDays => Carried.DateRange is { Relative: null };

    /// <summary>The fixed days in words; null without, and where they are no whole days.</summary>
    internal string? FixedDays => Days is var (first, last) ? RelativeRanges.Days(first, last) : null;

    /// <summary>The relative range that would be the fixed days today; null when there is none.</summary>
    internal string? SameToday => Days is var (first, last) ? RelativeRange.Names.FirstOrDefault(name => RelativeRange.Resolve(name, Today) == (first, last.AddDays(1))) : null;

    internal DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zone).DateTime);

    /// <summary>UTC where nobody knows the zone that was typed.</summary>
    private TimeZoneInfo Zone => CriteriaCheck.FindZone(Form.TimeZone ?? "UTC") ?? TimeZoneInfo.Utc;

    private (DateOnly First, DateOnly Last)? Days
    {
        get
        {
            if (Carried.DateRange is not { Relative: null } range || DateColumn is not { } column)
            {
                return null;
            }

            var dates = new RequestForm();
            FormFromExport.FillDates(dates, new DateRange(column, range.From, range.To, null), Dataset, Carried.TimeZone ?? "UTC");
            return DateOnly.TryParse(dates.From, System.Globalization.CultureInfo.InvariantCulture, out var first)
                && DateOnly.TryParse(dates.Until, System.Globalization.CultureInfo.InvariantCulture, out var last) ? (first, last) : null;
        }
    }

    /// <summary>The sentences for one field in one text; null when it has none.</summary>
    internal string? Error(string field) => Errors.Where(error => error.Field == field).Select(error => error.Message).ToList() is { Count: > 0 } all ? string.Join(' ', all) : null;

    internal string? Invalid(string field) => Error(field) is null ? null : "true";
}
