using ExportHub.Access;
using ExportHub.Exports;

namespace ExportHub.Api;

/// <summary>Keeping files past their time, and deleting them before.</summary>
internal static class KeepEndpoints
{
    public static void MapKeeping(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        exports.MapPost("/{id:guid}/keep", KeepAsync).Produces<StatusDocument>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Keep the file past its time. It counts in its owner's quota, and only so many can be kept.");
        exports.MapPost("/{id:guid}/unkeep", ReleaseAsync).Produces<StatusDocument>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Give a kept file its time back, a day of it at least.");
        exports.MapDelete("/{id:guid}/file", DeleteAsync).Produces<StatusDocument>().Produces<StatusDocument>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Delete the file before its time; the record stays. Somebody else's takes a reason. 202 while its place in the store is not free yet.");
    }

    private static async Task<IResult> KeepAsync(Guid id, HttpContext http, KeepFile files, ExportHistory history, CancellationToken cancel) =>
        await AnswerAsync(await files.KeepAsync(id, Viewer.Of(http.User), cancel), id, http, history, cancel);

    private static async Task<IResult> ReleaseAsync(Guid id, HttpContext http, KeepFile files, ExportHistory history, CancellationToken cancel) =>
        await AnswerAsync(await files.ReleaseAsync(id, Viewer.Of(http.User), cancel), id, http, history, cancel);

    private static async Task<IResult> DeleteAsync(
        Guid id, HttpContext http, KeepFile files, ExportHistory history, CancellationToken cancel, string? reason = null) =>
        await AnswerAsync(await files.DeleteAsync(id, Viewer.Of(http.User), reason, cancel), id, http, history, cancel);

    private static async Task<IResult> AnswerAsync(KeepOutcome outcome, Guid id, HttpContext http, ExportHistory history, CancellationToken cancel) => outcome switch
    {
        KeepOutcome.Refused refused => Problems.Of(http, StatusCodes.Status409Conflict, "Nothing was changed.", refused.Message),
        KeepOutcome.NotPermitted refused => Problems.NotPermitted(http, refused.Message),
        KeepOutcome.NoReason fault => Problems.Validation(http, new Dictionary<string, string[]> { ["reason"] = [fault.Message] }),
        KeepOutcome.Done when await history.FindAsync(id, Viewer.Of(http.User), cancel) is { } export => Describe(export, history),
        _ => Problems.NoSuchExport(http),
    };

    private static IResult Describe(Export export, ExportHistory history)
    {
        var document = history.Describe(export, 0);
        return export is { DeletedAt: not null, Status: not ExportStatus.Expired }
            ? TypedResults.Accepted($"/api/exports/{export.Id}", document)
            : TypedResults.Ok(document);
    }
}
