using ExportHub.Operations;
using Microsoft.AspNetCore.Diagnostics;

namespace ExportHub.Api;

/// <summary>The last resort of the API: a database that is down is a 503, everything else a 500 without inner details. The log has the exception.</summary>
internal sealed class UnhandledErrors : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!ApiRoom.IsForPrograms(httpContext))
        {
            return false;
        }

        var answer = exception switch
        {
            BadHttpRequestException bad => Problems.Of(httpContext, bad.StatusCode, "The request could not be read."),
            _ when DatabaseOutage.Is(exception) => Problems.Unavailable(httpContext, "The database of ExportHub does not answer."),
            _ => Problems.Of(httpContext, StatusCodes.Status500InternalServerError, "An error inside ExportHub stopped this request.", "The log has the cause under this trace id."),
        };
        await answer.ExecuteAsync(httpContext);
        return true;
    }
}
