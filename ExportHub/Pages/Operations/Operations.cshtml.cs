using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Operations;

/// <summary>How the service is doing, and what an administrator can do about it.</summary>
internal sealed class OperationsModel(WatchOperations operations, AdminActs acts, ExportHistory history) : PageModel
{
    /// <summary>What is about to be done; null while only looking.</summary>
    [BindProperty(SupportsGet = true)]
    public Act? Act { get; set; }

    /// <summary>On which export; null for the service as a whole.</summary>
    [BindProperty(SupportsGet = true, Name = "export")]
    public Guid? ExportId { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public OperationsView View { get; private set; } = null!;

    /// <summary>Null while only looking.</summary>
    public ActForm? Form { get; private set; }

    /// <summary>Why the button that was pressed did nothing.</summary>
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var known = Act is null || await AskAsync(Act.Value, fault: null, cancel);
        return known ? await ShowAsync(cancel) : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Act is not { } act || AdminActs.IsOnExport(act) != ExportId is not null)
        {
            return BadRequest();
        }

        if (AdminAct.Fault(Reason) is { } fault)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await AskAsync(act, fault, cancel) ? await ShowAsync(cancel) : NotFound();
        }

        switch (await acts.DoAsync(act, ExportId, new AdminAct(Reason!.Trim()), cancel))
        {
            case ControlOutcome.Done:
                return Redirect("/admin/operations");
            case ControlOutcome.Unknown:
                return NotFound();
            default:
                Refusal = Text.Of(AdminActs.IsOnExport(act) ? "The state of this export no longer allows it. Nothing was changed." : "It was so already. Nothing was changed.");
                return await ShowAsync(cancel);
        }
    }

    /// <summary>False when there is no such export.</summary>
    private async Task<bool> AskAsync(Act act, string? fault, CancellationToken cancel)
    {
        if (!AdminActs.IsOnExport(act))
        {
            Form = new ActForm(act, exportId: null, of: null, Reason, fault);
            return true;
        }

        if (ExportId is not { } id || await history.FindAsync(id, Viewer.Of(User), cancel) is not { } export)
        {
            return false;
        }

        Form = new ActForm(act, id, Text.Of("{0}, asked for by {1}", export.Dataset.Title ?? export.Dataset.Name, export.RequestedBy), Reason, fault);
        return true;
    }

    private async Task<PageResult> ShowAsync(CancellationToken cancel)
    {
        View = new OperationsView(await operations.LookAsync(cancel));
        return Page();
    }
}
