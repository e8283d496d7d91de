using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Notifications;
using ExportHub.Notifications.Targets;
using ExportHub.Pages.Request;
using ExportHub.Pages.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Places;

/// <summary>One target, or a new one.</summary>
internal sealed class EditPlaceModel(TargetStore targets, SaveTarget save) : PageModel
{
    private const string NewPlace = "new";

    /// <summary>The id of the target, or `new`.</summary>
    [BindProperty(SupportsGet = true)]
    public string Place { get; set; } = NewPlace;

    [BindProperty(SupportsGet = true)]
    public TargetKind Kind { get; set; }

    public Target? Target { get; private set; }

    public PlaceForm Form { get; private set; } = new();

    public PlaceView View => new() { Kind = Kind, Form = Form, IsNew = Target is null, HasSecret = Target?.HasSecret == true, Errors = Errors };

    public List<FormError> Errors { get; } = [];

    public string? Done { get; private set; }

    /// <summary>Shown once.</summary>
    public string? NewSecret { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken cancel) => ShowAsync(typed: null, cancel);

    public async Task<IActionResult> OnPostSaveAsync(PlaceForm form, CancellationToken cancel)
    {
        var outcome = Place == NewPlace ? await save.AddAsync(form.DraftOf(Kind), Viewer.Of(User), cancel)
            : Guid.TryParse(Place, out var id) ? await save.ChangeAsync(id, form.DraftOf(Kind), cancel)
            : new TargetOutcome.Unknown();
        return await AnswerAsync(outcome, Text.Of("The target is saved."), form, cancel);
    }

    public async Task<IActionResult> OnPostSecretAsync(Guid place, CancellationToken cancel) =>
        await AnswerAsync(await save.RenewSecretAsync(place, cancel), Text.Of("The old secret is not used any more."), form: null, cancel);

    public async Task<IActionResult> OnPostTestAsync(Guid place, CancellationToken cancel)
    {
        if (await save.TestAsync(place, cancel) is { } sent)
        {
            if (sent.As == SentAs.Arrived)
            {
                Done = Text.Of("It works: {0}", PlainText.Of(Text.Recall(sent.Answer)));
            }
            else
            {
                Errors.Add(new FormError(null, Text.Of("It does not work: {0}", PlainText.Of(Text.Recall(sent.Answer)))));
            }
        }

        return await ShowAsync(typed: null, cancel);
    }

    public async Task<IActionResult> OnPostDisableAsync(Guid place, bool disabled, CancellationToken cancel)
    {
        await save.DisableAsync(place, disabled, cancel);
        Done = disabled ? Text.Of("Nothing is delivered there any more until you enable it.") : Text.Of("The target is enabled.");
        return await ShowAsync(typed: null, cancel);
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid place, CancellationToken cancel) =>
        await save.DeleteAsync(place, cancel) ? LocalRedirect("/admin/targets") : NotFound();

    private Task<IActionResult> AnswerAsync(TargetOutcome outcome, string done, PlaceForm? form, CancellationToken cancel)
    {
        switch (outcome)
        {
            case TargetOutcome.Saved saved:
                (Place, Done, NewSecret) = (saved.Id.ToString(), done, saved.NewSecret);
                return ShowAsync(typed: null, cancel);
            case TargetOutcome.Rejected rejected:
                Errors.AddRange(rejected.Errors.SelectMany(pair => pair.Value.Select(message => new FormError(FieldOf(pair.Key), PlainText.Of(Text.Recall(message))))));
                return ShowAsync(form, cancel);
            default:
                return Task.FromResult<IActionResult>(NotFound());
        }
    }

    private async Task<IActionResult> ShowAsync(PlaceForm? typed, CancellationToken cancel)
    {
        if (Place != NewPlace)
        {
            if (!Guid.TryParse(Place, out var id) || await targets.FindAsync(id, cancel) is not { } target)
            {
                return NotFound();
            }

            (Target, Kind) = (target, target.Kind);
        }

        Form = typed ?? (Target is null ? new PlaceForm() : PlaceForm.Of(Target));
        return Enum.IsDefined(Kind) ? Page() : NotFound();
    }

    private static string? FieldOf(string key) => key.Length == 0 || key == "kind" ? null : key.StartsWith("settings.", StringComparison.Ordinal) ? key["settings.".Length..] : key;
}
