using System.Globalization;
using ExportHub.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace ExportHub.Api;

/// <summary>Who did what, for programs of administrators.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit", ListAsync)
            .RequireAuthorization(AccessRoom.OperatorsOnly)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .WithTags("Operations")
            .WithSummary("The audit, newest first. person is who acted or whom it concerns; from and to are days in UTC, both included.");

    private static async Task<Ok<AuditList>> ListAsync(
        HttpContext http, AuditStore audit, CancellationToken cancel, string? person = null, string? act = null, string? dataset = null, Guid? export = null,
        DateOnly? from = null, DateOnly? to = null, long? before = null, int size = 50)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        var page = await audit.ListAsync(new AuditFilter(person, act, dataset, export, from, to, before, size), cancel);
        return TypedResults.Ok(new AuditList(page.Entries, page.Next is { } next ? Following(http, next) : null));
    }

    private static string Following(HttpContext http, long before)
    {
        var query = http.Request.Query.Where(part => part.Key != "before").ToDictionary(part => part.Key, part => part.Value);
        query["before"] = before.ToString(CultureInfo.InvariantCulture);
        return QueryHelpers.AddQueryString("/api/audit", query);
    }
}

/// <param name="Next">The address of the following page; null on the last.</param>
internal sealed record AuditList(IReadOnlyList<AuditEntry> Items, string? Next);
