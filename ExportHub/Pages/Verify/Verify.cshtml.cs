using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Files;
using ExportHub.Language;
using ExportHub.Pages.Errors;
using ExportHub.Pages.Words;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace ExportHub.Pages.Verify;

/// <summary>Somebody has a file and asks whether it is as ExportHub wrote it.</summary>
[StreamedForm]
[DisableRequestSizeLimit]
[IgnoreAntiforgeryToken]
internal sealed class VerifyModel(VerifyFile verify, ExportHistory history, IAntiforgery antiforgery, IOptions<FilesOptions> files) : PageModel
{
    /// <summary>The export that the file is said to be of; null when nobody says.</summary>
    [BindProperty(SupportsGet = true, Name = "export")]
    public Guid? Id { get; set; }

    /// <summary>What that export calls its file.</summary>
    public string? NamedFile { get; private set; }

    /// <summary>What was typed as the hash.</summary>
    public string? Hash { get; private set; }

    public string? Fault { get; private set; }

    /// <summary>Null before anything was sent.</summary>
    public VerifyView? Answer { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await FindNamedAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindNamedAsync(cancel))
        {
            return NotFound();
        }

        if (SentForm.Of(Request.ContentType, Request.Body) is not { } form)
        {
            return Refused(StatusCodes.Status400BadRequest, ErrorWords.For(400).Text);
        }

        if (Request.ContentLength > files.Value.MaxVerifyBytes)
        {
            return TooLarge();
        }

        var file = await form.ReadToFileAsync(cancel);
        if (!await IsOursAsync(form))
        {
            return Refused(StatusCodes.Status400BadRequest, ErrorWords.For(400).Text);
        }

        Hash = form.Fields.GetValueOrDefault("sha256")?.Trim();
        return file is null ? await OfHashAsync(cancel) : await OfFileAsync(file, form.FileName, cancel);
    }

    private async Task<IActionResult> OfFileAsync(Stream file, string? name, CancellationToken cancel)
    {
        if (await FileFingerprint.OfAsync(file, files.Value.MaxVerifyBytes, cancel) is not { } sent)
        {
            return TooLarge();
        }

        Answer = new VerifyView(await verify.AskAsync(sent, Id, name, Viewer.Of(User), cancel), name);
        return Page();
    }

    private async Task<IActionResult> OfHashAsync(CancellationToken cancel)
    {
        if (FileFingerprint.OfText(Hash) is { } given)
        {
            Answer = new VerifyView(await verify.AskAsync(given, Id, fileName: null, Viewer.Of(User), cancel), null);
            return Page();
        }

        return Refused(StatusCodes.Status400BadRequest, string.IsNullOrEmpty(Hash) ? Text.Of("Choose a file or give its SHA-256.") : Text.Recall(FileFingerprint.Rule));
    }

    private PageResult TooLarge() => Refused(
        StatusCodes.Status413PayloadTooLarge,
        Text.Of("The file is larger than the {0} that are read here. Give its SHA-256 instead.", Quantity.Size(files.Value.MaxVerifyBytes)));

    /// <summary>Said on this page: the page for errors would read the form once more, which is gone.</summary>
    private PageResult Refused(int status, string fault)
    {
        Fault = fault;
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>False when an export is named that has no file.</summary>
    private async Task<bool> FindNamedAsync(CancellationToken cancel)
    {
        NamedFile = Id is { } id && await history.FindAsync(id, Viewer.Of(User), cancel) is { WasPublished: true } export ? export.FileName : null;
        return Id is null || NamedFile is not null;
    }

    /// <summary>Whether the form is from this site. The token comes as a field; as a header, it is checked without reading the form.</summary>
    private async Task<bool> IsOursAsync(SentForm form)
    {
        var tokens = antiforgery.GetTokens(HttpContext);
        if (tokens.HeaderName is not { } header || !form.Fields.TryGetValue(tokens.FormFieldName, out var token))
        {
            return false;
        }

        Request.Headers[header] = token;
        return await antiforgery.IsRequestValidAsync(HttpContext);
    }
}

/// <summary>What the answer is drawn from.</summary>
public sealed class VerifyView
{
    internal VerifyView(Verification found, string? sentFile) => (Found, SentFile) = (found, sentFile);

    internal Verification Found { get; }

    /// <summary>What the file that was sent is called; null when only a hash was given.</summary>
    internal string? SentFile { get; }
}
