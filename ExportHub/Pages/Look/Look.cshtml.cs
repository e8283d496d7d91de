using ExportHub.Language;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Look;

/// <summary>How a reader wants the pages: language and colours, kept in cookies of this browser. Sent from the foot of every page.</summary>
internal sealed class LookModel(TimeProvider time) : PageModel
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public IActionResult OnGet() => LocalRedirect("/");

    /// <param name="theme">One of <see cref="Theme.All"/>; anything else follows the system.</param>
    /// <param name="language">One of <see cref="Text.Languages"/>; anything else follows the browser.</param>
    /// <param name="back">The address to go back to.</param>
    public IActionResult OnPost(string? theme, string? language, string? back)
    {
        Keep(Theme.Cookie, Theme.Known(theme));
        var known = Text.Languages.FirstOrDefault(offered => offered.Name == language);
        Keep(CookieRequestCultureProvider.DefaultCookieName, known is null ? null : CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(known)));
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }

    private void Keep(string cookie, string? value)
    {
        if (value is null)
        {
            Response.Cookies.Delete(cookie);
            return;
        }

        Response.Cookies.Append(cookie, value, new CookieOptions
        {
            Expires = time.GetUtcNow() + Kept, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps,
        });
    }
}
