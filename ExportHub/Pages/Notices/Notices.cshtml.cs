using ExportHub.Access;
using ExportHub.Notifications;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Notices;

/// <summary>What the bell leads to: the person's own news.</summary>
internal sealed class NoticesModel(Bell bell) : PageModel
{
    public NoticeView View { get; private set; } = new();

    public int Unread => View.Events.Count(one => !one.IsRead);

    public long? Newest => View.Events.Count == 0 ? null : View.Events.Max(one => one.Id);

    public async Task OnGetAsync(CancellationToken cancel) => View = new NoticeView { Events = await bell.ListAsync(Viewer.Of(User).Name, cancel) };

    /// <param name="until">The newest that the person was shown.</param>
    public async Task<IActionResult> OnPostReadAsync(long? until, CancellationToken cancel)
    {
        await bell.ReadAsync(Viewer.Of(User).Name, until, cancel);
        return LocalRedirect("/news");
    }
}
