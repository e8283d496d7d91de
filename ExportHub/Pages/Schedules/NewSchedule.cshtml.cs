using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Pages.Request;
using ExportHub.Pages.Words;
using ExportHub.Schedules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Schedules;

/// <summary>Plans an export that comes by itself: begun with an export, a template or the form of a dataset.</summary>
[CountsAs(LimitKind.Create)]
[RequestSizeLimit(RequestModel.LargestForm)]
[RequestFormLimits(ValueLengthLimit = RequestModel.LargestForm, MultipartBodyLengthLimit = RequestModel.LargestForm, ValueCountLimit = PagesRoom.MostFields)]
internal sealed class NewScheduleModel(ScheduleFormDesk desk, ExportHistory history, ExportAudit audit, PermittedTemplates templates, SaveSchedule save) : PageModel
{
    /// <summary>Null where there is nothing to export yet, and where an obstacle is.</summary>
    public ScheduleFormView? View { get; private set; }

    /// <summary>Why nothing can be planned, in a sentence.</summary>
    public string? Obstacle { get; private set; }

    /// <param name="export">What it asked for is asked for again.</param>
    /// <param name="template">The request is copied from it.</param>
    /// <param name="version">Of the template; null for the newest.</param>
    public async Task<IActionResult> OnGetAsync(Guid? export, Guid? template, int? version, CancellationToken cancel) =>
        export is { } earlier ? await OfExportAsync(earlier, cancel)
        : template is { } kept ? await OfTemplateAsync(kept, version, cancel)
        : Page();

    /// <summary>The form of a dataset, which its page has judged already.</summary>
    public async Task<IActionResult> OnPostBeginAsync(string? dataset, RequestForm form, CancellationToken cancel)
    {
        var (found, obstacle) = await desk.FindAsync(dataset, Viewer.Of(User), cancel);
        if (found is null)
        {
            Obstacle = obstacle;
            return Page();
        }

        form.Tidy(found);
        FormFiles.TakeOver(form, found, (_, _) => { });
        return await ShowAsync(ScheduleForm.Begin(FormToRequest.Read(form, found), found.Title), found, refusal: null, cancel);
    }

    /// <param name="form">What was filled in.</param>
    /// <param name="act">The button that was pressed.</param>
    public async Task<IActionResult> OnPostAsync(ScheduleForm form, string? act, CancellationToken cancel)
    {
        var (dataset, obstacle) = await desk.FindAsync(ScheduleFormReader.Carried(form)?.Dataset, Viewer.Of(User), cancel);
        if (dataset is null)
        {
            Obstacle = obstacle;
            return Page();
        }

        var viewer = Viewer.Of(User);
        var outcome = act == ScheduleFormDesk.ShowRuns ? null : await save.AddAsync(await desk.ReadAsync(form, viewer, cancel), viewer, cancel);
        return outcome is ScheduleOutcome.Saved saved ? LocalRedirect($"/schedules/{saved.Id}") : await ShowAsync(form, dataset, outcome, cancel);
    }

    private async Task<IActionResult> OfExportAsync(Guid id, CancellationToken cancel)
    {
        if (await history.FindAsync(id, Viewer.Of(User), cancel) is not { } export)
        {
            return NotFound();
        }

        await audit.LookAsync(export, cancel);
        var (dataset, obstacle) = await desk.FindAsync(export.Dataset.Name, Viewer.Of(User), cancel);
        Obstacle = obstacle;
        return dataset is null ? Page() : await ShowAsync(ScheduleForm.Begin(SameRequest.Of(export), dataset.Title), dataset, refusal: null, cancel);
    }

    private async Task<IActionResult> OfTemplateAsync(Guid id, int? version, CancellationToken cancel)
    {
        if (await templates.FindAsync(id, version, Viewer.Of(User), cancel) is not { } found)
        {
            return NotFound();
        }

        var (dataset, obstacle) = await desk.FindAsync(found.Template.Dataset, Viewer.Of(User), cancel);
        if (dataset is null || found.LeftOut.Count > 0)
        {
            Obstacle = obstacle ?? Text.Of("The dataset no longer has everything that the template asks for. Save it anew first.");
            return Page();
        }

        return await ShowAsync(ScheduleForm.Begin(found.Request, found.Template.Name, new FromTemplate(id, found.Template.Version)), dataset, refusal: null, cancel);
    }

    private async Task<PageResult> ShowAsync(ScheduleForm form, Dataset dataset, ScheduleOutcome? refusal, CancellationToken cancel)
    {
        View = await desk.ShowAsync(form, dataset, refusal, Viewer.Of(User), cancel);
        return Page();
    }
}
