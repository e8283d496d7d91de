using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Language;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Status;

/// <summary>One export: where it stands, its file, and what can be done with it.</summary>
internal sealed class StatusModel(ExportHistory history, ControlExport control, KeepFile files, ExportRights rights, ExportAudit audit, OriginDesk origins, TimeProvider time) : PageModel
{
    public StatusView View { get; private set; } = null!;

    /// <summary>Why the button that was pressed did nothing.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What is wrong with the reason for deleting the file; null unless that was tried.</summary>
    private string? ReasonFault { get; set; }

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => ShowAsync(id, cancel);

    public async Task<IActionResult> OnPostCancelAsync(Guid id, CancellationToken cancel) =>
        await AnswerAsync(id, await control.CancelAsync(id, Viewer.Of(User), act: null, cancel), Text.Of("This export had already ended, so there was nothing to cancel."), cancel);

    public async Task<IActionResult> OnPostRetryAsync(Guid id, CancellationToken cancel) =>
        await AnswerAsync(id, await control.RetryAsync(id, Viewer.Of(User), act: null, cancel), Text.Of("This export is already under way or done, so it was not started again."), cancel);

    public async Task<IActionResult> OnPostKeepAsync(Guid id, CancellationToken cancel) =>
        await AnswerAsync(id, await files.KeepAsync(id, Viewer.Of(User), cancel), cancel);

    public async Task<IActionResult> OnPostUnkeepAsync(Guid id, CancellationToken cancel) =>
        await AnswerAsync(id, await files.ReleaseAsync(id, Viewer.Of(User), cancel), cancel);

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, string? reason, CancellationToken cancel) =>
        await AnswerAsync(id, await files.DeleteAsync(id, Viewer.Of(User), reason, cancel), cancel);

    private Task<IActionResult> AnswerAsync(Guid id, KeepOutcome outcome, CancellationToken cancel)
    {
        if (outcome is KeepOutcome.Done)
        {
            return Task.FromResult<IActionResult>(RedirectToPage(new { id }));
        }

        if (outcome is KeepOutcome.NoReason fault)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            ReasonFault = fault.Message;
        }

        Refusal = outcome switch
        {
            KeepOutcome.Refused refused => refused.Message,
            KeepOutcome.NotPermitted refused => refused.Message,
            _ => null,
        };
        return ShowAsync(id, cancel);
    }

    private Task<IActionResult> AnswerAsync(Guid id, ControlOutcome outcome, string refusal, CancellationToken cancel)
    {
        if (outcome == ControlOutcome.Done)
        {
            return Task.FromResult<IActionResult>(RedirectToPage(new { id }));
        }

        Refusal = outcome == ControlOutcome.Refused ? refusal : null;
        return ShowAsync(id, cancel);
    }

    private async Task<IActionResult> ShowAsync(Guid id, CancellationToken cancel)
    {
        if (await history.FindAsync(id, Viewer.Of(User), cancel) is not { } export)
        {
            return NotFound();
        }

        await audit.LookAsync(export, cancel);
        var refusal = export.HasFile ? await rights.RefuseFileAsync(export, Viewer.Of(User), cancel) : null;
        View = new StatusView(export, history.Describe(export, polls: 0), await history.ReceiptAsync(export, cancel))
        {
            FileRefusal = refusal, Now = time.GetUtcNow(), Viewer = Viewer.Of(User), ReasonFault = ReasonFault,
            Origin = await origins.FindAsync(export, Viewer.Of(User), cancel),
        };
        return Page();
    }
}
