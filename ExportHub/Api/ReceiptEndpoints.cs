using ExportHub.Access;
using ExportHub.Exports;

namespace ExportHub.Api;

/// <summary>The proof that goes with a file.</summary>
internal static class ReceiptEndpoints
{
    public static void MapReceipts(this IEndpointRouteBuilder api) =>
        api.MapGet("/exports/{id:guid}/receipt", GetAsync)
            .Produces<ExportReceipt>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithTags("Exports")
            .WithSummary("What proves the file whole: criteria, data-as-of, rows counted and written, SHA-256. With ?download it comes as a file.");

    private static async Task<IResult> GetAsync(Guid id, string? download, HttpContext http, ExportHistory history, ExportAudit audit, CancellationToken cancel)
    {
        if (await history.FindAsync(id, Viewer.Of(http.User), cancel) is not { } export)
        {
            return Problems.NoSuchExport(http);
        }

        if (await history.ReceiptAsync(export, cancel) is not { } receipt)
        {
            return Problems.Of(
                http, StatusCodes.Status409Conflict, "There is no receipt yet.", $"The export is {export.Status.ToString().ToLowerInvariant()}. Its status is at /api/exports/{id}.");
        }

        await audit.ReceiptAsync(export, cancel);
        http.Response.Headers.CacheControl = "private, no-cache";
        if (download is not null)
        {
            var disposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(receipt.File.Name + ".receipt.json");
            http.Response.Headers.ContentDisposition = disposition.ToString();
        }

        return TypedResults.Ok(receipt);
    }
}
