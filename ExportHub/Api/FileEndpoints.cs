using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Files;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ExportHub.Api;

/// <summary>Downloading.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder api) =>
        api.MapMethods("/exports/{id:guid}/file", [HttpMethods.Get, HttpMethods.Head], DownloadAsync)
            .WithTags("Exports")
            .WithSummary("The file of a completed export, with ranges and a strong ETag that is its SHA-256.");

    private static async Task<IResult> DownloadAsync(Guid id, HttpContext http, ExportHistory history, ExportRights rights, IFileStore files, CancellationToken cancel)
    {
        if (await history.FindAsync(id, Viewer.Of(http.User), cancel) is not { } export)
        {
            return Problems.NoSuchExport(http);
        }

        if (export.Status == ExportStatus.Expired)
        {
            return Gone(http, "The file of this export has expired.");
        }

        if (export.Status != ExportStatus.Completed)
        {
            return Problems.Of(
                http, StatusCodes.Status409Conflict, "There is no file yet.", $"The export is {export.Status.ToString().ToLowerInvariant()}. Its status is at /api/exports/{id}.");
        }

        if (await rights.RefuseFileAsync(export, Viewer.Of(http.User), cancel) is { } refusal)
        {
            return Problems.NotPermitted(http, refusal);
        }

        if (await files.OpenAsync(export.FileKey!, cancel) is not { } file)
        {
            return Gone(http, "The file of this export is no longer where it was stored.");
        }

        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Stream(
            file, export.ContentType, export.FileName, export.FinishedAt, new EntityTagHeaderValue($"\"{export.Sha256}\""), enableRangeProcessing: true);
    }

    private static ProblemHttpResult Gone(HttpContext http, string title) =>
        Problems.Of(http, StatusCodes.Status410Gone, title, "Ask for a new export with the same criteria.");
}
