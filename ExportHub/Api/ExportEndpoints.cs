using System.Globalization;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Exports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace ExportHub.Api;

/// <summary>Asking for exports and following them.</summary>
internal static class ExportEndpoints
{
    public const string CannotCancel = "Only a queued or running export can be canceled.";

    public const string CannotRetry = "Only a failed or canceled export can be run again.";

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        exports.MapPost("/", CreateAsync).WithMetadata(new CountsAsAttribute(LimitKind.Create)).Accepts<ExportRequest>("application/json").Produces<StatusDocument>(StatusCodes.Status202Accepted).Produces<StatusDocument>()
            .WithSummary("Ask for an export. The answer says where to follow it and when to ask again.");
        exports.MapGet("/", ListAsync).ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("Exports, newest first. q is part of a dataset's name or title, or the start of a file's name or Export ID; from and to are days in zone (UTC), both included.");
        exports.MapGet("/{id:guid}", GetAsync).WithMetadata(new CountsAsAttribute(LimitKind.Poll)).Produces<StatusDocument>().Produces(StatusCodes.Status304NotModified)
            .WithSummary("The status of an export. Ask again at poll.next after poll.afterSeconds.");
        exports.MapPost("/{id:guid}/cancel", CancelAsync).Produces<StatusDocument>(StatusCodes.Status202Accepted)
            .WithSummary("Stop an export that is queued or running.");
        exports.MapPost("/{id:guid}/retry", RetryAsync).WithMetadata(new CountsAsAttribute(LimitKind.Create)).Produces<StatusDocument>(StatusCodes.Status202Accepted)
            .WithSummary("Run a failed or canceled export again with the same criteria.");
    }

    private static async Task<IResult> CreateAsync(
        HttpContext http, RequestExport exports, ExportHistory history, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken cancel)
    {
        var (request, problem) = await JsonBody.ReadAsync<ExportRequest>(http, json.Value.SerializerOptions);
        if (request is null)
        {
            return problem!;
        }

        var key = http.Request.Headers.TryGetValue("Idempotency-Key", out var given) ? given.ToString() : null;
        return await exports.AcceptAsync(request, new Asking(Viewer.Of(http.User), key, Insist: key is not null), cancel) switch
        {
            RequestOutcome.Accepted accepted => Accepted(http, history.Describe(accepted.Export, 0)),
            RequestOutcome.UnderWay same => UnderWay(http, history.Describe(same.Export, 0)),
            RequestOutcome.Paused => Problems.Unavailable(http, "An administrator has paused the intake of exports for a while."),
            RequestOutcome.NoRoom room => Problems.Of(http, StatusCodes.Status507InsufficientStorage, "There is no room for this file.", room.Message),
            RequestOutcome.QuotaReached quota => Problems.Of(http, StatusCodes.Status409Conflict, "Your storage quota is reached.", quota.Message),
            RequestOutcome.NotPermitted refused => Problems.NotPermitted(http, refused.Message),
            RequestOutcome.Rejected rejected => Problems.Validation(http, rejected.Errors),
            RequestOutcome.KeyReused => Problems.Of(
                http, StatusCodes.Status422UnprocessableEntity, "This Idempotency-Key was used for another request.", "Use a new key for a new export."),
            RequestOutcome.SourceUnavailable source => Problems.Unavailable(http, $"The database that holds {source.Dataset} does not answer."),
            var other => throw new InvalidOperationException($"{other} has no answer."),
        };
    }

    private static async Task<IResult> GetAsync(Guid id, int? poll, HttpContext http, ExportHistory history, ExportAudit audit, CancellationToken cancel)
    {
        if (await history.FindStatusAsync(id, Viewer.Of(http.User), cancel) is not { } export)
        {
            return Problems.NoSuchExport(http);
        }

        if (poll is null or <= 0)
        {
            // Once, not with each poll that follows.
            await audit.LookAsync(export, cancel);
        }

        var document = history.Describe(export, poll ?? 0);
        var tag = StatusTag.Of(document);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        SayWhenToAskAgain(http, document);
        return http.Request.Headers.IfNoneMatch.Contains(tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(document);
    }

    private static async Task<Results<Ok<HistoryList>, ProblemHttpResult>> ListAsync(
        HttpContext http, ExportHistory history, CancellationToken cancel, string? q = null, string? dataset = null, string? status = null,
        string? person = null, string? from = null, string? to = null, string? zone = null, string? before = null, int size = 25)
    {
        var asked = new HistoryQuery { Q = q, Dataset = dataset, Status = status, Person = person, From = from, To = to, Zone = zone, Before = before };
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (asked.Settle(Viewer.Of(http.User), size, (field, message) => faults[field] = [message]) is not { } filter)
        {
            return Problems.Validation(http, faults);
        }

        var page = await history.ListAsync(filter, cancel);
        return TypedResults.Ok(new HistoryList([.. page.Exports.Select(export => history.Describe(export, 0))], page.Next is { } next ? Following(http, next) : null));
    }

    /// <summary>The same question, asked from the last export of this page on.</summary>
    private static string Following(HttpContext http, Guid before)
    {
        var query = http.Request.Query.Where(part => part.Key != "before").ToDictionary(part => part.Key, part => part.Value);
        query["before"] = before.ToString();
        return QueryHelpers.AddQueryString("/api/exports", query);
    }

    private static async Task<IResult> CancelAsync(Guid id, HttpContext http, ControlExport control, ExportHistory history, CancellationToken cancel) =>
        await AnswerAsync(await control.CancelAsync(id, Viewer.Of(http.User), act: null, cancel), id, CannotCancel, http, history, cancel);

    private static async Task<IResult> RetryAsync(Guid id, HttpContext http, ControlExport control, ExportHistory history, CancellationToken cancel) =>
        await AnswerAsync(await control.RetryAsync(id, Viewer.Of(http.User), act: null, cancel), id, CannotRetry, http, history, cancel);

    /// <summary>How a change that somebody asked for is answered.</summary>
    public static async Task<IResult> AnswerAsync(
        ControlOutcome outcome, Guid id, string refusal, HttpContext http, ExportHistory history, CancellationToken cancel)
    {
        if (outcome == ControlOutcome.Unknown || await history.FindAsync(id, Viewer.Of(http.User), cancel) is not { } export)
        {
            return Problems.NoSuchExport(http);
        }

        return outcome == ControlOutcome.Refused
            ? Problems.Of(http, StatusCodes.Status409Conflict, refusal, $"It is {export.Status.ToString().ToLowerInvariant()}.")
            : Accepted(http, history.Describe(export, 0));
    }

    private static Accepted<StatusDocument> Accepted(HttpContext http, StatusDocument document)
    {
        var status = $"/api/exports/{document.Id}";
        http.Response.Headers["Operation-Location"] = status;
        SayWhenToAskAgain(http, document);
        return TypedResults.Accepted(status, document);
    }

    /// <summary>200 instead of 202 because nothing new was made: the identical export that is under way. A new Idempotency-Key makes another one.</summary>
    private static Ok<StatusDocument> UnderWay(HttpContext http, StatusDocument document)
    {
        var status = $"/api/exports/{document.Id}";
        http.Response.Headers.Location = status;
        http.Response.Headers["Operation-Location"] = status;
        SayWhenToAskAgain(http, document);
        return TypedResults.Ok(document);
    }

    /// <summary>Retry-After is the poll delay rounded up to whole seconds (RFC 9110, 10.2.3), and Link the next question: a 304 has no body to say it in.</summary>
    private static void SayWhenToAskAgain(HttpContext http, StatusDocument document)
    {
        if (document.Poll is { } poll)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(poll.AfterSeconds).ToString(CultureInfo.InvariantCulture);
            http.Response.Headers.Link = $"<{poll.Next}>; rel=\"next\"";
        }
    }
}

/// <param name="Next">The address of the following page; null on the last.</param>
internal sealed record HistoryList(IReadOnlyList<StatusDocument> Items, string? Next);
