using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ExportHub.Api;

/// <summary>Answers that say what went wrong (RFC 9457), always with a trace id that the log has too.</summary>
internal static class Problems
{
    public static ProblemHttpResult Validation(HttpContext http, IReadOnlyDictionary<string, string[]> errors) =>
        Of(http, StatusCodes.Status400BadRequest, "Something in the request is not as it has to be.", "See errors: it names each field and what is allowed.",
            new() { ["errors"] = errors });

    public static ProblemHttpResult Of(HttpContext http, int status, string title, string? detail = null, Dictionary<string, object?>? more = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Instance = http.Request.Path };
        foreach (var (name, value) in more ?? [])
        {
            problem.Extensions[name] = value;
        }

        problem.Extensions["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier;
        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult NoSuchExport(HttpContext http) => Of(http, StatusCodes.Status404NotFound, "There is no such export.");

    /// <summary>What the person may see, but not do, with a sentence that says why.</summary>
    public static ProblemHttpResult NotPermitted(HttpContext http, string reason) =>
        Of(http, StatusCodes.Status403Forbidden, "This is not permitted.", reason, new() { ["code"] = "not_permitted" });

    /// <summary>503 with the time after which asking again makes sense.</summary>
    public static ProblemHttpResult Unavailable(HttpContext http, string title)
    {
        http.Response.Headers.RetryAfter = "10";
        return Of(http, StatusCodes.Status503ServiceUnavailable, title, "Exports that were accepted are safe. Asking again in a while is all there is to do.");
    }
}
