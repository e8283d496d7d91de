using System.Globalization;
using ExportHub.Access;
using ExportHub.Access.External;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace ExportHub.Pages.Errors;

/// <summary>What people read instead of a page that cannot be shown. Answers every method, because a failed POST is shown here too.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ErrorModel : PageModel
{
    public int Code { get; private set; }

    public string Title { get; private set; } = "";

    public string Text { get; private set; } = "";

    /// <summary>The page that failed, where asking for it again may help; null otherwise.</summary>
    public string? Again { get; private set; }

    /// <summary>The way to the sign-in and back, where that is what was missing.</summary>
    public string? WayIn { get; private set; }

    /// <summary>Not a handler, of which there would have to be one for each method.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) =>
        Show(int.Parse((string)context.RouteData.Values["code"]!, CultureInfo.InvariantCulture));

    private void Show(int code)
    {
        // After an exception the handler has chosen the status; the address it shows is always the one for 500.
        Code = HttpContext.Features.Get<IExceptionHandlerFeature>() is null ? code : Response.StatusCode;
        Code = Code is >= 400 and < 600 ? Code : StatusCodes.Status404NotFound;
        Response.StatusCode = Code;
        (Title, Text) = HttpContext.Features.Get<SignInRefusal>() is { } refusal ? (Language.Text.Of("You are not let in"), Language.Text.Recall(refusal.Sentence)) : ErrorWords.For(Code);
        if (Code >= 500 && HttpMethods.IsGet(Request.Method))
        {
            Again = HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path is ['/', not '/', ..] path ? path + Request.QueryString : null;
        }

        if (Code == StatusCodes.Status401Unauthorized)
        {
            WayIn = QueryHelpers.AddQueryString(AccessRoom.SignInPath, "returnUrl", HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? "/");
        }

        if (Code == StatusCodes.Status503ServiceUnavailable)
        {
            Response.Headers.RetryAfter = "10";
        }
    }
}
