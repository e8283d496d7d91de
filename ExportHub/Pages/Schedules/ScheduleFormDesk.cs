using System.Text.Json;
using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Notifications.Targets;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>What the pages with the form of a schedule have in common.</summary>
internal sealed class ScheduleFormDesk(PermittedDatasets datasets, PermittedTemplates templates, PermittedTargets targets, ForeseeRuns foresee, TimeProvider time)
{
    /// <summary>The button that goes on from the request form.</summary>
    public const string Schedule = "schedule";

    /// <summary>The button for who has no script that shows the runs all the time.</summary>
    public const string ShowRuns = "runs";

    /// <summary>The dataset, when it can be exported by the person; otherwise why not, in a sentence.</summary>
    public async Task<(Dataset? Dataset, string? Obstacle)> FindAsync(string? dataset, Viewer viewer, CancellationToken cancel) =>
        dataset is not null && await datasets.FindAsync(dataset, viewer, cancel) is { Broken: null, Permission: { MayExport: true, Obstacle: null } } found
            ? (found, null)
            : (null, Text.Of("You may not export this dataset, or it cannot be read at the moment. So nothing can be planned."));

    /// <summary>What the form says, to be saved. The template is named as long as it says the same.</summary>
    public async Task<ScheduleDraft> ReadAsync(ScheduleForm form, Viewer viewer, CancellationToken cancel)
    {
        if (ScheduleFormReader.Carried(form) is not { } carried)
        {
            return ScheduleFormReader.Read(form, new ExportRequest());
        }

        var dataset = carried.Dataset is { } name ? await datasets.FindAsync(name, viewer, cancel) : null;
        var chosen = ScheduleFormReader.Chosen(form, carried, dataset is null ? null : DateColumnOf(carried, dataset));
        var isTemplate = form.Template is { } id && Same(chosen, carried) && await templates.FindAsync(id, form.TemplateVersion, viewer, cancel) is { LeftOut.Count: 0 } template
            && Same(chosen with { TimeZone = null }, template.Request with { TimeZone = null });
        return ScheduleFormReader.Read(form, isTemplate ? null : chosen);
    }

    /// <summary>The next runs, whatever else is still missing or wrong.</summary>
    public async Task<FormRunsView> ForeseeAsync(ScheduleForm form, Viewer viewer, CancellationToken cancel)
    {
        var draft = await ReadAsync(form, viewer, cancel);
        var foreseen = await foresee.CheckAsync(new ScheduleDraft
        {
            Name = Text.Of("Schedule"), Request = draft.Request, TemplateId = draft.TemplateId, TemplateVersion = draft.TemplateVersion, Timing = draft.Timing, TimeZone = draft.TimeZone,
        }, viewer, cancel);
        return new FormRunsView(foreseen, form.Period == ScheduleForm.FixedDays);
    }

    public async Task<ScheduleFormView> ShowAsync(ScheduleForm form, Dataset dataset, ScheduleOutcome? refusal, Viewer viewer, CancellationToken cancel) =>
        new(form, ScheduleFormReader.Carried(form) ?? new ExportRequest { Dataset = dataset.Name }, dataset, await ForeseeAsync(form, viewer, cancel), time.GetUtcNow())
        {
            Errors = ScheduleFormFaults.Of(refusal), Targets = await targets.ListAsync(viewer, cancel),
        };

    /// <summary>The column that a period would be about; null where the dataset has no dates.</summary>
    public static string? DateColumnOf(ExportRequest request, Dataset dataset) => request.DateRange?.Column ?? dataset.DateColumn
        ?? dataset.Columns.FirstOrDefault(column => column.Kind is ValueKind.Date or ValueKind.Timestamp or ValueKind.TimestampTz)?.Name;

    private static bool Same(ExportRequest one, ExportRequest other) => JsonSerializer.Serialize(one, JsonSerializerOptions.Web) == JsonSerializer.Serialize(other, JsonSerializerOptions.Web);
}
