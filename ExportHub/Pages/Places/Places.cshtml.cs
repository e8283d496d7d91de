using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Notifications;
using ExportHub.Notifications.Mail;
using ExportHub.Notifications.Targets;
using ExportHub.Pages.Request;
using ExportHub.Pages.Words;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace ExportHub.Pages.Places;

/// <summary>Targets, and whether mail works.</summary>
internal sealed class PlacesModel(TargetStore targets, Recipients recipients, DeliverMail mail, IOptions<MailOptions> options) : PageModel
{
    public PlaceListView View { get; private set; } = new();

    public MailOptions Mail => options.Value;

    public List<FormError> Faults { get; } = [];

    public string? Done { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => View = new PlaceListView { Targets = await targets.ListAsync(cancel) };

    public async Task OnPostMailAsync(CancellationToken cancel)
    {
        if (await recipients.AddressOfAsync(Viewer.Of(User).Name, cancel) is not { } address)
        {
            Faults.Add(new FormError(null, Text.Of("Your account has no mail address. Give it one under People.")));
        }
        else if (await mail.TestAsync(address, cancel) is { } fault)
        {
            Faults.Add(new FormError(null, PlainText.Of(Text.Recall(fault))));
        }
        else
        {
            Done = Text.Of("The mail server accepted a test mail to {0}. Look whether it arrives.", address);
        }

        await OnGetAsync(cancel);
    }
}
