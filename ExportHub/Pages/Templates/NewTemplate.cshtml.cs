using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Pages.Request;
using ExportHub.Schedules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Templates;

/// <summary>Keeps under a name what an export asked for.</summary>
internal sealed class NewTemplateModel(ExportHistory history, ExportAudit audit, PermittedDatasets datasets, SaveTemplate save, TimeProvider time) : PageModel
{
    private ExportRequest request = new();

    [BindProperty]
    public TemplateForm Form { get; set; } = new();

    public Export Export { get; private set; } = null!;

    public FormErrors Errors { get; } = new();

    /// <summary>Why it cannot be saved, in a sentence; null when it can.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>Columns of the export that the dataset has no longer.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    public IReadOnlyList<string> Phrases { get; private set; } = [];

    public TemplateView View => new(null, Viewer.Of(User)) { Form = Form };

    /// <param name="from">The export.</param>
    public async Task<IActionResult> OnGetAsync(Guid? from, CancellationToken cancel) => await FindAsync(from, cancel) ? Page() : NotFound();

    /// <param name="from">The export.</param>
    public async Task<IActionResult> OnPostAsync(Guid? from, CancellationToken cancel)
    {
        if (!await FindAsync(from, cancel))
        {
            return NotFound();
        }

        if (Obstacle is not null)
        {
            return Page();
        }

        var outcome = await save.AddAsync(Form.Draft, request, Viewer.Of(User), cancel);
        if (outcome is TemplateOutcome.Saved saved)
        {
            return RedirectToPage("/Templates/Template", new { id = saved.Id });
        }

        TemplateFaults.Tell(outcome, Errors.Add);
        return Page();
    }

    private async Task<bool> FindAsync(Guid? from, CancellationToken cancel)
    {
        if (from is not { } id || await history.FindAsync(id, Viewer.Of(User), cancel) is not { } export)
        {
            return false;
        }

        await audit.LookAsync(export, cancel);
        Export = export;
        if (await datasets.FindAsync(export.Dataset.Name, Viewer.Of(User), cancel) is not { Broken: null, Permission: { MayExport: true } } dataset)
        {
            Obstacle = Text.Of("You may not export this dataset any more, or it cannot be read at the moment. So nothing can be saved.");
            return true;
        }

        // By the way of the form, which has the parts of the criteria as they were asked for.
        (var form, Missing) = FormFromExport.Fill(dataset, export);
        request = FormToRequest.Read(form, dataset);
        Phrases = TemplateWords.Describe(dataset, request, time.GetUtcNow());
        return true;
    }
}
