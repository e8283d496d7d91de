using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Pages.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.RunAgain;

/// <summary>Asks for the same once more, as a new export under the rights of whoever presses the button. Only what is refused is a page.</summary>
[CountsAs(LimitKind.Create)]
internal sealed class RunAgainModel(ExportHistory history, ExportAudit audit, RequestExport exports) : PageModel
{
    public Export Export { get; private set; } = null!;

    /// <summary>Why nothing was started.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    public IActionResult OnGet(Guid id) => RedirectToPage("/Status/Status", new { id });

    /// <param name="id">The earlier export.</param>
    /// <param name="key">The button's own, so that a double click makes one export.</param>
    public async Task<IActionResult> OnPostAsync(Guid id, Guid key, CancellationToken cancel)
    {
        var viewer = Viewer.Of(User);
        if (await history.FindAsync(id, viewer, cancel) is not { } earlier)
        {
            return NotFound();
        }

        await audit.LookAsync(earlier, cancel);
        var outcome = await exports.AcceptAsync(SameRequest.Of(earlier), new Asking(viewer, key == Guid.Empty ? null : $"again-{key}"), cancel);
        if (Made(outcome) is { } made)
        {
            return RedirectToPage("/Status/Status", new { id = made.Id });
        }

        (Export, Refusals) = (earlier, Why(outcome));
        return Page();
    }

    private static Export? Made(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Accepted accepted => accepted.Export,
        RequestOutcome.UnderWay same => same.Export,
        _ => null,
    };

    private static IReadOnlyList<string> Why(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Rejected rejected => [
            Text.Of("The dataset, or what you may do with it, has changed since then, so that the same cannot be asked for."),
            .. rejected.Errors.Values.SelectMany(messages => messages).Distinct(),
        ],
        RequestOutcome.KeyReused => [Text.Of("This button was already used for another export. Go back to the export and press it again.")],
        _ => [RefusalWords.Of(outcome) ?? throw new InvalidOperationException($"{outcome} has no words.")],
    };
}
