using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Pages.Request;
using ExportHub.Schedules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Templates;

/// <summary>One template: what it holds, its name and sharing, its versions.</summary>
internal sealed class TemplateModel(PermittedTemplates templates, SaveTemplate save, TimeProvider time) : PageModel
{
    private TemplateForm? typed;

    public UsableTemplate Found { get; private set; } = null!;

    public Template Template => Found.Template;

    public TemplateView View { get; private set; } = null!;

    public FormErrors Errors { get; } = new();

    public string? Done { get; private set; }

    public bool MayChange => View.MayChange;

    public bool IsAdministrator => View.Viewer.SeesAll;

    public bool IsUsable => Found.Dataset is { Broken: null };

    public string DatasetTitle => Found.Dataset?.Title ?? Template.Dataset;

    public IReadOnlyList<string> Phrases => Found.Dataset is { Broken: null } dataset ? TemplateWords.Describe(dataset, Found.Request, time.GetUtcNow()) : [];

    /// <summary>What keeps it from being what it was, in a sentence; null when nothing does.</summary>
    public string? Obstacle =>
        !IsUsable ? Text.Of("Its dataset is not there at the moment, or you may no longer see it. The template is kept.")
        : Found.LeftOut.Count > 0 ? Text.Of("It names columns that the dataset no longer has, or that you may not see. They are left out here and when it is used.")
        : Phrases.Count == 0 ? Text.Of("It no longer fits the dataset in every part. Use it, mend what is said there to be wrong, and save a new version.")
        : null;

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => ShowAsync(id, cancel);

    public async Task<IActionResult> OnPostSaveAsync(Guid id, TemplateForm form, CancellationToken cancel)
    {
        typed = form;
        return await AnswerAsync(id, await save.ChangeAsync(id, form.Draft, request: null, Viewer.Of(User), cancel), Text.Of("The template is changed."), cancel);
    }

    /// <param name="version">Which one is to be the newest.</param>
    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken cancel) => await AnswerAsync(
        id, await save.RestoreAsync(id, version, Viewer.Of(User), cancel), Text.Of("Version {0} is the newest again. The versions between are kept.", version), cancel);

    /// <param name="begin">Or no longer.</param>
    /// <param name="forAll">Everybody's choice instead of the own one.</param>
    public async Task<IActionResult> OnPostDefaultAsync(Guid id, bool begin, bool forAll, CancellationToken cancel) => await AnswerAsync(
        id, await save.DefaultAsync(id, forAll, begin, Viewer.Of(User), cancel), begin ? Text.Of("The form of this dataset begins with this template from now on.") : Text.Of("The form of this dataset no longer begins with this template."), cancel);

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken cancel) =>
        await save.DeleteAsync(id, Viewer.Of(User), cancel) is not TemplateOutcome.Saved and var refused
            ? await AnswerAsync(id, refused, "", cancel)
            : LocalRedirect("/templates?deleted");

    private Task<IActionResult> AnswerAsync(Guid id, TemplateOutcome outcome, string done, CancellationToken cancel)
    {
        if (outcome is TemplateOutcome.Saved)
        {
            (Done, typed) = (done, null);
        }
        else
        {
            TemplateFaults.Tell(outcome, Errors.Add);
        }

        return ShowAsync(id, cancel);
    }

    private async Task<IActionResult> ShowAsync(Guid id, CancellationToken cancel)
    {
        var viewer = Viewer.Of(User);
        if (await templates.FindAsync(id, version: null, viewer, cancel) is not { } found)
        {
            return NotFound();
        }

        Found = found;
        View = new TemplateView(found, viewer)
        {
            Form = typed ?? TemplateForm.Of(found.Template),
            Versions = await templates.ListVersionsAsync(found.Template, viewer, cancel),
        };
        return Page();
    }
}
