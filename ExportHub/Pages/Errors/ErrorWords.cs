using System.Data.Common;

namespace ExportHub.Pages.Errors;

/// <summary>Failures in words: what happened, whether data is affected, what to do.</summary>
internal static class ErrorWords
{
    public static (string Title, string Text) For(int code) => code switch
    {
        400 => ("That did not arrive as expected", "Nothing was started or changed. Go back, load the page again and send it once more."),
        401 => ("Who are you?", "This needs a sign-in. Nothing was started or changed."),
        403 => ("This is for administrators", "Your account does not have the right. Your exports and files are yours as before."),
        404 => ("There is nothing here", "The address may be mistyped, or the export may belong to someone else or have been removed. No data is affected."),
        503 => ("The database does not answer", "Exports under way are safe and go on when it is back. Nothing was lost; try again in a minute."),
        >= 500 => ("Something went wrong on our side", "Exports under way are safe and no data was changed. Try again; if it happens again, tell the person who looks after ExportHub."),
        _ => ("That is not possible here", "Nothing was started or changed. Go back and choose something else."),
    };

    /// <summary>The status for an exception that no page caught: 503 when a database does not answer, else 500.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        DbException { IsTransient: true } or DbException { SqlState: null or "" or "57P01" or "57P02" } => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
