using ExportHub.Access;
using ExportHub.Notifications;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Deliveries;

/// <summary>What was delivered and what was not: one's own, for administrators everybody's.</summary>
internal sealed class DeliveriesModel(DeliveryStore deliveries, Poke poke) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public DeliveryStatus? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public Channel? Channel { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public DeliveryView View { get; private set; } = new();

    public bool IsAdministrator => Viewer.Of(User).SeesAll;

    /// <summary>Null on the last page.</summary>
    public string? Older { get; private set; }

    /// <summary>Null on the first page.</summary>
    public string? Newest => Before is null ? null : Address(before: null);

    public string Here => Address(Before);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var viewer = Viewer.Of(User);
        var page = await deliveries.ListAsync(new DeliveryFilter(viewer.SeesAll ? null : viewer.Name, Status, Channel, Before: Before), cancel);
        View = new DeliveryView { Items = page.Items, Tries = await deliveries.ListTriesAsync([.. page.Items.Select(one => one.Id)], cancel) };
        Older = page.Next is { } next ? Address(next) : null;
    }

    /// <param name="back">Where the button was.</param>
    public async Task<IActionResult> OnPostAgainAsync(Guid id, string? back, CancellationToken cancel)
    {
        var viewer = Viewer.Of(User);
        if (await deliveries.FindAsync(id, viewer, cancel) is null)
        {
            return NotFound();
        }

        // When it is under way already, that is what was wanted.
        await deliveries.AgainAsync(id, viewer, cancel);
        poke.Wake();
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/deliveries");
    }

    private string Address(Guid? before)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[] { ("status", Status?.ToString()), ("channel", Channel?.ToString()), ("before", before?.ToString()) })
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return "/deliveries" + query.ToQueryString();
    }
}
