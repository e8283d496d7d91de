using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Notifications;
using Microsoft.Extensions.Options;

namespace ExportHub.Schedules;

/// <summary>A draft that may be saved, with the fields that its timing comes to.</summary>
internal sealed record SettledSchedule(ScheduleTerms Terms, Timetable Timetable);

/// <summary>Judges what people say of a schedule: each part, and the request as one of its owner's.</summary>
internal sealed class ScheduleCheck(
    ScheduleStore store, PermittedDatasets datasets, PermittedTemplates templates, DeliveryCheck deliveries, IOptions<SchedulesOptions> options)
{
    public const int MostKeepDays = 3650;
    private const double LeastFactor = 1.1;
    private const double MostFactor = 1000;
    private const int MostFailures = 100;

    /// <summary>Either the one or the other is null. Every fault is told at once.</summary>
    /// <param name="owner">Whose it is or will be, with the rights of that person.</param>
    /// <param name="by">Who says it; may read the template, if one is named.</param>
    public async Task<(SettledSchedule? Settled, ScheduleOutcome? Refusal)> SettleAsync(ScheduleDraft draft, Viewer owner, Viewer by, CancellationToken cancel)
    {
        var faults = new FieldFaults();
        var name = Name(draft.Name, faults);
        var zone = Zone(draft.TimeZone, faults);
        var timing = TimingCheck.Settle(draft.Timing, options.Value.MinInterval, faults.Add);
        var guard = Guard(draft.Guard ?? new RunGuard(), faults);
        if (draft.Missed is { } missed && !Enum.IsDefined(missed))
        {
            faults.Add("missed", Text.Of("Say what becomes of missed runs: one, all or none."));
        }

        if (draft.KeepDays is < 1 or > MostKeepDays)
        {
            faults.Add("keepDays", Text.Of("Give a number of days from 1 to {0:N0}, or none to keep files as long as those of everybody.", MostKeepDays));
        }

        var delivery = await deliveries.SettleAsync(draft.Delivery ?? new Delivery(), by, faults.Add, cancel);
        var (request, template) = await RequestAsync(draft, by, faults, cancel);
        if (request is not null && await RefuseAsync(request with { TimeZone = zone?.Id ?? "UTC" }, owner, faults.Add, cancel) is { } refusal)
        {
            return (null, refusal);
        }

        if (faults.Errors is { } errors)
        {
            return (null, new ScheduleOutcome.Rejected(errors));
        }

        var terms = new ScheduleTerms(
            name, request! with { TimeZone = zone!.Id }, template?.Id, template?.Version, timing!.Value.Timing, zone.Id, draft.Missed ?? MissedRuns.One, guard,
            delivery, draft.KeepDays is { } days ? TimeSpan.FromDays(days) : null);
        return (new SettledSchedule(terms, new Timetable(timing.Value.Fields, zone)), null);
    }

    /// <summary>Null when the person may ask for this; what is wrong with it is told as faults.</summary>
    public async Task<ScheduleOutcome?> RefuseAsync(ExportRequest request, Viewer owner, Action<string, string> fault, CancellationToken cancel)
    {
        switch (request.Dataset is null ? null : await datasets.FindAsync(request.Dataset, owner, cancel))
        {
            case null:
                fault("dataset", Text.Of("There is no such dataset."));
                break;
            case { Permission.MayExport: false }:
                return new ScheduleOutcome.NotPermitted(Text.Of("{0} may see what this dataset holds, but not export it.", owner.Name));
            case { Unreachable: true } or { Broken: not null }:
                fault("dataset", Text.Of("This dataset cannot be read at the moment, so nothing was saved. Try again later."));
                break;
            case { Permission.Obstacle: { } obstacle }:
                return new ScheduleOutcome.NotPermitted(obstacle);
            case var dataset:
                RequestCheck.Find(dataset, request, await store.NowAsync(cancel), fault);
                break;
        }

        return null;
    }

    private async Task<(ExportRequest? Request, FromTemplate? Template)> RequestAsync(ScheduleDraft draft, Viewer by, FieldFaults faults, CancellationToken cancel)
    {
        if (draft.TemplateId is not { } id)
        {
            if (draft.Request is null)
            {
                faults.Add("request", Text.Of("Say what to export, or name a template."));
            }

            return (draft.Request, null);
        }

        if (draft.Request is not null)
        {
            faults.Add("templateId", Text.Of("Give either what to export or a template, not both."));
        }
        else if (await templates.FindAsync(id, draft.TemplateVersion, by, cancel) is not { } template)
        {
            faults.Add("templateId", Text.Of("There is no such template, or not in this version."));
        }
        else if (template.LeftOut.Count > 0)
        {
            faults.Add("templateId", Text.Of("The dataset no longer has everything that the template asks for. Save it anew first."));
        }
        else
        {
            return (template.Request, new FromTemplate(id, template.Template.Version));
        }

        return (null, null);
    }

    private static string Name(string? said, FieldFaults faults)
    {
        var name = said?.Trim() ?? "";
        if (name.Length is 0 or > Schedule.LongestName || name.Any(char.IsControl))
        {
            faults.Add("name", Text.Of("Give a name of 1 to {0} characters in one line.", Schedule.LongestName));
        }

        return StorableText.Of(name)!;
    }

    private static TimeZoneInfo? Zone(string? name, FieldFaults faults)
    {
        var zone = name is null ? null : CriteriaCheck.FindZone(name);
        if (zone is null)
        {
            faults.Add("timeZone", Text.Of("Give an IANA time zone such as Europe/Berlin or UTC."));
        }

        return zone;
    }

    private static RunGuard Guard(RunGuard guard, FieldFaults faults)
    {
        // Not a number is in no range.
        if (guard.Factor is { } factor && factor is not (>= LeastFactor and <= MostFactor))
        {
            faults.Add("guard.factor", Text.Of("Give a number from {0} to {1:N0}, or none not to compare.", LeastFactor, MostFactor));
        }

        if (guard.PauseAfter is < 1 or > MostFailures)
        {
            faults.Add("guard.pauseAfter", Text.Of("Give a number of failed runs from 1 to {0}.", MostFailures));
        }

        return guard;
    }
}
