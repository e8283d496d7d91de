using System.Security.Cryptography;
using System.Text;
using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;
using ExportHub.Pages.Templates;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Request;

/// <summary>Asks for an export of one dataset.</summary>
[CountsAs(LimitKind.Create)]
internal sealed class RequestModel(
    PermittedDatasets datasets, ExportHistory history, ExportAudit audit, RequestExport exports, TemplateDesk desk, PreflightExport preflight, TimeProvider time) : PageModel
{
    /// <summary>The button that asks for another export although an identical one is under way.</summary>
    public const string Again = "again";

    /// <summary>The button for who has no script that shows the preview all the time.</summary>
    public const string ShowPreview = "preview";

    private bool isNew;

    [BindProperty]
    public RequestForm Form { get; set; } = new();

    [BindProperty]
    public TemplateForm Keep { get; set; } = new();

    public TemplateView Template { get; private set; } = null!;

    public Dataset Dataset { get; private set; } = null!;

    public FormErrors Errors { get; } = new();

    /// <summary>Why the person cannot export the dataset, in a sentence; null when it is permitted.</summary>
    public string? Refusal => Dataset.Permission switch
    {
        { MayExport: true, Obstacle: var obstacle } => obstacle,
        _ => "You may see what this dataset holds, but not export it. An administrator can give you a role that may.",
    };

    /// <summary>Columns of the earlier export that the dataset has no longer.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    /// <summary>The person's identical export that is under way, offered instead of a second one.</summary>
    public Export? UnderWay { get; private set; }

    /// <summary>Null unless it was asked for.</summary>
    public PreflightView? Preview { get; private set; }

    public RequestView View => new(Dataset, Form, Errors) { GuessZone = isNew };

    /// <param name="dataset">Name from the address.</param>
    /// <param name="from">An earlier export to start from.</param>
    public async Task<IActionResult> OnGetAsync(string dataset, Guid? from, CancellationToken cancel)
    {
        if (await datasets.FindAsync(dataset, Viewer.Of(User), cancel) is not { } found)
        {
            return NotFound();
        }

        Dataset = found;
        var earlier = from is { } id && found.Broken is null ? await history.FindAsync(id, Viewer.Of(User), cancel) : null;
        if (earlier is not null)
        {
            await audit.LookAsync(earlier, cancel);
        }

        isNew = earlier?.Dataset.Name != found.Name;
        (Form, Missing) = isNew ? (RequestForm.For(found), []) : FormFromExport.Fill(found, earlier!);
        Template = await desk.BeginAsync(found, Request.Query, Viewer.Of(User), cancel);
        if (Template.Used is { } used && found.Broken is null)
        {
            (Form, isNew) = (FormFromRequest.Fill(found, used.Request), false);
        }

        return Page();
    }

    /// <param name="dataset">Name from the address.</param>
    /// <param name="act">The button that was pressed: an edit of the form, or the request itself.</param>
    public async Task<IActionResult> OnPostAsync(string dataset, string? act, CancellationToken cancel)
    {
        if (await datasets.FindAsync(dataset, Viewer.Of(User), cancel) is not { } found)
        {
            return NotFound();
        }

        Dataset = found;
        Form.Tidy(found);
        Template = await desk.OfSentAsync(found, Keep, Viewer.Of(User), cancel);
        if (found.Broken is not null || Refusal is not null || FormEdit.Apply(Form, found, act))
        {
            return Page();
        }

        if (act == ShowPreview)
        {
            Preview = await PreflightView.OfAsync(Form, found, preflight, Viewer.Of(User), cancel);
            return Page();
        }

        FormCheck.Find(Form, found, Errors.Add);
        var request = FormToRequest.Read(Form, found);
        if (Errors.All.Count > 0)
        {
            // All that is wrong is said at once, also what only the checks behind the request see.
            CriteriaCheck.Settle(found, request.Criteria, time.GetUtcNow(), Errors.AddWhereNone);
            FileFormats.Settle(request.Format, request.Options, TimeZoneInfo.Utc, Errors.AddWhereNone);
            return Page();
        }

        if (act is TemplateDesk.Save or TemplateDesk.SaveVersion)
        {
            return await desk.SaveAsync(Template, act, request, Errors.Add, cancel) is { } saved ? LocalRedirect(saved) : Page();
        }

        return Answer(await exports.AcceptAsync(request, new Asking(Viewer.Of(User), IdempotencyKey(), Insist: act == Again, Template.Origin), cancel));
    }

    private IActionResult Answer(RequestOutcome outcome)
    {
        switch (outcome)
        {
            case RequestOutcome.Accepted accepted:
                return RedirectToPage("/Status/Status", new { id = accepted.Export.Id });
            case RequestOutcome.UnderWay same:
                UnderWay = same.Export;
                break;
            case RequestOutcome.Paused:
                Errors.Add("", "New exports are not taken at the moment, because an administrator has paused them. Everything you chose is still here: try again later.");
                break;
            case RequestOutcome.NoRoom room:
                Errors.Add("", room.Message);
                break;
            case RequestOutcome.QuotaReached quota:
                Errors.Add("", quota.Message);
                break;
            case RequestOutcome.NotPermitted refused:
                Errors.Add("", refused.Message);
                break;
            case RequestOutcome.Rejected rejected:
                Errors.Add(rejected.Errors);
                break;
            case RequestOutcome.SourceUnavailable:
                Errors.Add("", "The database of this dataset does not answer, so no export was started. Everything you chose is still here: try again in a minute.");
                break;
            case RequestOutcome.KeyReused:
                Form.Key = RequestForm.NewKey();
                Errors.Add("", "This form was already sent with other choices. Check it and start the export again.");
                break;
        }

        return Page();
    }

    /// <summary>
    /// The form's own key with a digest of what was filled in: a double click or a second sending after "Back" finds the same export,
    /// and the same form with other choices asks for another one.
    /// </summary>
    private string IdempotencyKey()
    {
        var fields = HttpContext.Request.Form
            .Where(field => field.Key is not ("act" or "__RequestVerificationToken"))
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}={string.Join('\u001f', field.Value.ToArray())}");
        return "page-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001e', fields))));
    }
}
