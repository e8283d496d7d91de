using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ExportHub.Pages;

/// <summary>Refuses a method or a handler that a page does not have. Without it the framework draws the page with nothing read for it, which is an error.</summary>
internal sealed class KnownHandlers : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        // What is refused is refused before the handler would run.
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // The page for errors is shown whatever was asked for; OPTIONS is answered by the framework, with nothing.
        if (context.HandlerMethod is null && !HttpMethods.IsOptions(context.HttpContext.Request.Method)
            && !context.ActionDescriptor.ViewEnginePath.StartsWith("/Errors/", StringComparison.Ordinal))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        }
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        // Nothing is left to do.
    }
}
