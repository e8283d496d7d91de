using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Exports;
using ExportHub.Files;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ExportHub.Api;

/// <summary>Downloading.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder api) =>
        api.MapMethods("/exports/{id:guid}/file", [HttpMethods.Get, HttpMethods.Head], DownloadAsync).WithMetadata(new CountsAsAttribute(LimitKind.Download))
            .WithTags("Exports")
            .WithSummary("The file of a completed export, with ranges and a strong ETag that is its SHA-256.");

    private static Task<IResult> DownloadAsync(
        Guid id, HttpContext http, ExportHistory history, ExportRights rights, IFileStore files, FileLinkSigner signer, ExportAudit audit, CancellationToken cancel) =>
        SendAsync(id, http, history, rights, files, signer, audit, cancel);

    /// <summary>The one way to a file, for whoever <see cref="HttpContext.User"/> is: by a session, a token or a signed link.</summary>
    /// <param name="attempt">The attempt whose file was promised; null for whichever published.</param>
    public static async Task<IResult> SendAsync(
        Guid id, HttpContext http, ExportHistory history, ExportRights rights, IFileStore files, FileLinkSigner signer, ExportAudit audit, CancellationToken cancel,
        int? attempt = null)
    {
        if (await history.FindAsync(id, Viewer.Of(http.User), cancel) is not { } export || (attempt ?? export.Attempt) != export.Attempt)
        {
            return Problems.NoSuchExport(http);
        }

        return await SendAsync(export, http, rights, files, signer, audit, cancel);
    }

    /// <summary>The same for an export that the caller has found some other way, as by a delivery. The right to its file is judged here.</summary>
    public static async Task<IResult> SendAsync(
        Export export, HttpContext http, ExportRights rights, IFileStore files, FileLinkSigner signer, ExportAudit audit, CancellationToken cancel)
    {
        if (WhyNoFile(http, export) is { } problem)
        {
            return problem;
        }

        if (await rights.RefuseFileAsync(export, Viewer.Of(http.User), cancel) is { } refusal)
        {
            return Problems.NotPermitted(http, refusal);
        }

        Stream? file;
        try
        {
            file = await files.OpenAsync(export.FileKey!, cancel);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Problems.Of(
                http, StatusCodes.Status503ServiceUnavailable, "The place where files are kept does not answer.", "The file is not lost. Try again in a few minutes.");
        }

        if (file is null)
        {
            return Gone(http, "The file of this export is no longer where it was stored.");
        }

        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (HttpMethods.IsGet(http.Request.Method) && await signer.SignAsync(export.FileKey!, new(export.ContentType!, export.FileName!), cancel) is { } link)
        {
            await file.DisposeAsync();
            await audit.DownloadAsync(export, RangeOf(http), cancel);
            // The framework's own redirect writes where it goes into the log, and whoever reads that could open the file.
            http.Response.Headers.Location = link.AbsoluteUri;
            return TypedResults.StatusCode(StatusCodes.Status302Found);
        }

        var announced = new AnnouncedStream(file, token => audit.DownloadAsync(export, RangeOf(http), token));
        return TypedResults.Stream(
            announced, export.ContentType, export.FileName, export.FinishedAt, new EntityTagHeaderValue($"\"{export.Sha256}\""), enableRangeProcessing: true);
    }

    /// <summary>Null when the export has a file.</summary>
    public static ProblemHttpResult? WhyNoFile(HttpContext http, Export export) => export.Status switch
    {
        _ when export.HasFile => null,
        _ when export.DeletedAt is not null => Gone(http, "The file of this export was deleted."),
        ExportStatus.Expired => Gone(http, "The file of this export has expired."),
        var other => Problems.Of(
            http, StatusCodes.Status409Conflict, "There is no file yet.", $"The export is {other.ToString().ToLowerInvariant()}. Its status is at /api/exports/{export.Id}."),
    };

    private static string? RangeOf(HttpContext http) => http.Request.Headers.Range.Count == 0 ? null : http.Request.Headers.Range.ToString();

    private static ProblemHttpResult Gone(HttpContext http, string title) =>
        Problems.Of(http, StatusCodes.Status410Gone, title, "Ask for a new export with the same criteria.");
}
