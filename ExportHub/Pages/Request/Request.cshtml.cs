using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;
using ExportHub.Language;
using ExportHub.Pages.Schedules;
using ExportHub.Pages.Templates;
using ExportHub.Pages.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Request;

/// <summary>Asks for an export of one dataset.</summary>
[CountsAs(LimitKind.Create)]
[RequestSizeLimit(LargestForm)]
[RequestFormLimits(ValueLengthLimit = LargestForm, MultipartBodyLengthLimit = LargestForm, ValueCountLimit = PagesRoom.MostFields)]
internal sealed class RequestModel(
    PermittedDatasets datasets, ExportHistory history, ExportAudit audit, RequestExport exports, TemplateDesk desk, PreflightExport preflight, DistinctValues values,
    TimeProvider time) : PageModel
{
    /// <summary>A file of 100,000 UUIDs has four megabytes, and the same typed into the form, or left there by an earlier file, comes with it.</summary>
    internal const int LargestForm = 12 * 1024 * 1024;

    /// <summary>The button that asks for another export although an identical one is under way.</summary>
    public const string Again = "again";

    /// <summary>The button for who has no script that shows the preview all the time.</summary>
    public const string ShowPreview = "preview";

    /// <summary>What an address may say without being one that holds criteria.</summary>
    private static readonly string[] NoCriteria = ["from", "send", "template", "version", "saved"];

    private bool isNew;

    private IReadOnlyDictionary<string, ColumnValues> offered = new Dictionary<string, ColumnValues>();

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
        _ => Text.Of("You may see what this dataset holds, but not export it. An administrator can give you a role that may."),
    };

    /// <summary>Columns of the earlier export that the dataset has no longer.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    /// <summary>The person's identical export that is under way, offered instead of a second one.</summary>
    public Export? UnderWay { get; private set; }

    /// <summary>Null unless it was asked for.</summary>
    public PreflightView? Preview { get; private set; }

    /// <summary>What of the address could not be used, each in a few words.</summary>
    public IReadOnlyList<string> Unused { get; private set; } = [];

    /// <summary>Whether a link was asked for that no address can hold.</summary>
    public bool IsTooLong { get; private set; }

    public RequestView View => new(Dataset, Form, Errors) { GuessZone = isNew, Offered = offered, Now = time.GetUtcNow() };

    /// <param name="dataset">Name from the address.</param>
    /// <param name="from">An earlier export to start from.</param>
    public async Task<IActionResult> OnGetAsync(string dataset, Guid? from, CancellationToken cancel)
    {
        if (await datasets.FindAsync(dataset, Viewer.Of(User), cancel) is not { } found)
        {
            return NotFound();
        }

        Dataset = found;
        Template = await desk.BeginAsync(found, Request.Query, Viewer.Of(User), cancel);
        if (found.Broken is not null)
        {
            return Page();
        }

        if (Template.Used is { } used)
        {
            Form = FormFromRequest.Fill(found, used.Request);
            return await ShowAsync(cancel);
        }

        return Request.Query.Keys.Except(NoCriteria).Any() ? await OfAddressAsync(cancel) : await OfEarlierAsync(from, cancel);
    }

    private async Task<PageResult> OfEarlierAsync(Guid? from, CancellationToken cancel)
    {

        var earlier = from is { } id ? await history.FindAsync(id, Viewer.Of(User), cancel) : null;
        if (earlier is not null)
        {
            await audit.LookAsync(earlier, cancel);
        }

        isNew = earlier?.Dataset.Name != Dataset.Name;
        (Form, Missing) = isNew ? (RequestForm.For(Dataset), []) : FormFromExport.Fill(Dataset, earlier!);
        return await ShowAsync(cancel);
    }

    /// <summary>The form with the values that can be picked; a person who may not export the dataset is shown no form.</summary>
    private async Task<PageResult> ShowAsync(CancellationToken cancel)
    {
        if (Dataset.Broken is null && Refusal is null)
        {
            offered = await OfferedValues.FindAsync(Form, Dataset, values, cancel);
        }

        return Page();
    }

    private async Task<PageResult> OfAddressAsync(CancellationToken cancel)
    {
        Form = RequestForm.For(Dataset);
        Unused = FormAddress.Fill(Form, Dataset, Request.Query);
        Errors.Places = FormGroups.Places(Form.Filters);
        Check();
        return await ShowAsync(cancel);
    }

    /// <summary>All that is wrong is said at once, also what only the checks behind the request see.</summary>
    private void Check()
    {
        FormCheck.Find(Form, Dataset, Errors.AddWhereNone);
        var request = FormToRequest.Read(Form, Dataset);
        CriteriaCheck.Settle(Dataset, request.Criteria, time.GetUtcNow(), Errors.AddWhereNone);
        FileFormats.Settle(request.Format, request.Options, TimeZoneInfo.Utc, Errors.AddWhereNone);
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
        if (found.Broken is not null || Refusal is not null)
        {
            return Page();
        }

        var isEdit = FormEdit.Apply(Form, found, act);
        Form.Tidy(found);
        Errors.Places = FormGroups.Places(Form.Filters);
        FormFiles.TakeOver(Form, found, Errors.Add);
        return isEdit ? await ShowAsync(cancel)
            : act == "link" ? await LinkAsync(cancel)
            : act == ShowPreview ? await PreviewAsync(cancel)
            : await AskAsync(act, cancel);
    }

    private async Task<PageResult> PreviewAsync(CancellationToken cancel)
    {
        Preview = await PreflightView.OfAsync(Form, Dataset, preflight, Viewer.Of(User), cancel);
        return await ShowAsync(cancel);
    }

    private async Task<IActionResult> LinkAsync(CancellationToken cancel)
    {
        var address = FormAddress.Of(Form, Dataset);
        IsTooLong = address is null;
        return address is null ? await ShowAsync(cancel) : LocalRedirect(address);
    }

    /// <summary>Goes on with the form as it was sent, to where it is said when; what is wrong is said here, where it can be mended.</summary>
    private async Task<IActionResult> PlanAsync(CancellationToken cancel)
    {
        Check();
        return Errors.All.Count > 0 ? await ShowAsync(cancel) : LocalRedirectPreserveMethod($"/schedules/new?handler=begin&dataset={Uri.EscapeDataString(Dataset.Name)}");
    }

    private async Task<IActionResult> AskAsync(string? act, CancellationToken cancel)
    {
        FormCheck.Find(Form, Dataset, Errors.AddWhereNone);
        if (Errors.All.Count > 0)
        {
            Check();
            return await ShowAsync(cancel);
        }

        if (act == ScheduleFormDesk.Schedule)
        {
            return await PlanAsync(cancel);
        }

        var request = FormToRequest.Read(Form, Dataset);
        if (act is TemplateDesk.Save or TemplateDesk.SaveVersion)
        {
            return await desk.SaveAsync(Template, act, request, Errors.Add, cancel) is { } saved ? LocalRedirect(saved) : await ShowAsync(cancel);
        }

        var asking = new Asking(Viewer.Of(User), FormKey.Of(Form, HttpContext.Request.Form), Insist: act == Again, Template.Origin);
        return Answer(await exports.AcceptAsync(request, asking, cancel)) is { } answer ? answer : await ShowAsync(cancel);
    }

    /// <summary>Null when the form is to be shown again.</summary>
    private RedirectToPageResult? Answer(RequestOutcome outcome)
    {
        switch (outcome)
        {
            case RequestOutcome.Accepted accepted:
                return RedirectToPage("/Status/Status", new { id = accepted.Export.Id });
            case RequestOutcome.UnderWay same:
                UnderWay = same.Export;
                break;
            case RequestOutcome.Rejected rejected:
                Errors.Add(rejected.Errors);
                break;
            case RequestOutcome.KeyReused:
                Form.Key = RequestForm.NewKey();
                Errors.Add("", Text.Of("This form was already sent with other choices. Check it and start the export again."));
                break;
            default:
                var why = RefusalWords.Of(outcome) ?? throw new InvalidOperationException($"{outcome} has no words.");
                Errors.Add("", string.Join(' ', why, Text.Of("Everything you chose is still here.")));
                break;
        }

        return null;
    }
}
