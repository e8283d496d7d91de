using ExportHub.Language;
using ExportHub.Operations;

namespace ExportHub.Pages.Errors;

/// <summary>Failures in words: what happened, whether data is affected, what to do.</summary>
internal static class ErrorWords
{
    public static (string Title, string Text) For(int code) => code switch
    {
        400 => (Text.Of("That did not arrive as expected"), Text.Of("Nothing was started or changed. Go back, load the page again and send it once more.")),
        401 => (Text.Of("Who are you?"), Text.Of("This needs a sign-in. Nothing was started or changed.")),
        403 => (Text.Of("You may not do that"), Text.Of("Your account does not have the right, or another site sent you here. Nothing was started or changed, and your exports and files are yours as before.")),
        404 => (Text.Of("There is nothing here"), Text.Of("The address may be mistyped, or the export may belong to someone else or have been removed. No data is affected.")),
        413 => (Text.Of("That is too large"), Text.Of("Nothing was started or changed. Send less at once.")),
        429 => (Text.Of("That was a lot at once"), Text.Of("Nothing of this last request was started; everything before it goes on. Wait a few seconds and try again.")),
        503 => (Text.Of("The database does not answer"), Text.Of("Exports under way are safe and go on when it is back. Nothing was lost; try again in a minute.")),
        >= 500 => (Text.Of("Something went wrong on our side"), Text.Of("Exports under way are safe and no data was changed. Try again; if it happens again, tell the person who looks after ExportHub.")),
        _ => (Text.Of("That is not possible here"), Text.Of("Nothing was started or changed. Go back and choose something else.")),
    };

    /// <summary>The status for an exception that no page caught: 503 when a database does not answer, else 500.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when DatabaseOutage.Is(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
