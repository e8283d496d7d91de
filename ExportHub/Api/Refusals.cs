using Microsoft.AspNetCore.Mvc;

namespace ExportHub.Api;

/// <summary>Words for what is refused before an endpoint is reached.</summary>
internal static class Refusals
{
    public static void Explain(ProblemDetails problem)
    {
        (string Title, string Detail)? words = problem.Status switch
        {
            StatusCodes.Status401Unauthorized => ("Nobody has signed in.", "Send a valid token as Authorization: Bearer; people make them under their name in the application."),
            StatusCodes.Status403Forbidden => ("You do not have the right to do that.", "The account lacks the right or the token the scope, or another site sent the request. Nothing was changed."),
            StatusCodes.Status429TooManyRequests => ("That was too much at once.", "Nothing of this request was started. Retry-After tells the seconds to wait."),
            _ => null,
        };
        // Only where nothing is said yet: an endpoint knows better.
        if (words is { } said && problem.Detail is null)
        {
            (problem.Title, problem.Detail) = said;
        }
    }
}
