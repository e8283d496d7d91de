using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Notifications;
using ExportHub.Notifications.Mail;
using ExportHub.Pages.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.ReceivedFile;

/// <summary>Where the link of a mail leads: for its recipient alone, who has signed in.</summary>
internal sealed class ReceivedFileModel(ReceivedFiles received) : PageModel
{
    public Received Found { get; private set; } = null!;

    public IEnumerable<(string Label, string Value)> Facts
    {
        get
        {
            if (NewsWords.Due(Found.Delivery.News) is { } due)
            {
                yield return (Text.Of("Made for"), due);
            }

            if (Found.Export.Criteria.DateRange is { } range && NewsWords.Period(range) is { } period)
            {
                yield return (Text.Of("Period"), period);
            }

            yield return (Text.Of("Rows"), Quantity.Number(Found.Export.Rows));
            yield return (Text.Of("Size"), Quantity.Size(Found.Export.Bytes));
        }
    }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await received.FindAsync(id, Viewer.Of(User), cancel) is not { } found)
        {
            return NotFound();
        }

        Found = found;
        return Page();
    }
}
