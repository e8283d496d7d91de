using System.Security.Claims;
using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Exports;
using ExportHub.Files;

namespace ExportHub.Api;

/// <summary>Links that open a file without a sign-in; off unless `Access:SignedLinkLifetime` is given.</summary>
internal static class LinkEndpoints
{
    public static void MapLinks(this IEndpointRouteBuilder api)
    {
        api.MapPost("/exports/{id:guid}/link", MakeAsync)
            .Produces<FileLink>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status410Gone)
            .WithTags("Exports")
            .WithSummary("A link that opens the file without a sign-in for a few minutes, with GET only.");
        // By GET alone: HEAD would be another method than the one that was signed.
        api.MapGet("/links/{id:guid}", OpenAsync)
            .AllowAnonymous()
            .WithMetadata(new CountsAsAttribute(LimitKind.Download))
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone)
            .WithTags("Exports")
            .WithSummary("The file that a signed link opens.");
    }

    private static async Task<IResult> MakeAsync(Guid id, HttpContext http, FileLinks links, ExportHistory history, ExportAudit audit, CancellationToken cancel)
    {
        if (!links.AreOn)
        {
            return Problems.Of(http, StatusCodes.Status404NotFound, "There are no signed links here.", "An administrator switches them on with Access:SignedLinkLifetime.");
        }

        if (await history.FindAsync(id, Viewer.Of(http.User), cancel) is not { } export)
        {
            return Problems.NoSuchExport(http);
        }

        if (FileEndpoints.WhyNoFile(http, export) is { } problem)
        {
            return problem;
        }

        var link = await links.MakeAsync(id, export.Attempt, Guid.Parse(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!), cancel);
        await audit.LinkAsync(export, link.ExpiresAt, cancel);
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Created(link.Url, link);
    }

    private static async Task<IResult> OpenAsync(
        Guid id, HttpContext http, FileLinks links, ExportHistory history, ExportRights rights, IFileStore files, FileLinkSigner signer, ExportAudit audit,
        CancellationToken cancel)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "private, no-store";
        if (await links.OpenAsync(id, http.Request.Query, cancel) is not var (person, attempt))
        {
            return Problems.Of(http, StatusCodes.Status404NotFound, "This link opens nothing.", "It was altered, or its few minutes are over. Whoever sent it can make another.");
        }

        // Whoever has a session of his own comes as the person of the link nevertheless, so that the link is what is asked and what the audit says.
        http.User = person;
        return await FileEndpoints.SendAsync(id, http, history, rights, files, signer, audit, cancel, attempt);
    }
}
