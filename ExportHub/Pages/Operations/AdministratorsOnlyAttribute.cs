using ExportHub.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ExportHub.Pages.Operations;

/// <summary>Answers everybody else with 403, which is shown as a page.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AdministratorsOnlyAttribute : Attribute, IAuthorizationFilter
{
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        if (!Administrator.Is(context.HttpContext))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
        }
    }
}
