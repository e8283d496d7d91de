using ExportHub.Access;
using ExportHub.Access.External;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ExportHub.Pages.SignIn;

/// <summary>Who sends the sign-in without the cookie of its form reads why, instead of a bare 400.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LeadBackWithoutCookieAttribute : Attribute, IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
        {
            context.Result = new LocalRedirectResult($"{AccessRoom.SignInPath}?because={nameof(SignInFault.Cookie).ToLowerInvariant()}");
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
        // Nothing is left to do.
    }
}
