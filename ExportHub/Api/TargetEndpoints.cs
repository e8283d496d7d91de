using ExportHub.Access;
using ExportHub.Notifications;
using ExportHub.Notifications.Targets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ExportHub.Api;

/// <summary>Places that schedules may deliver to. Everybody sees the names of those they may use; the rest is for administrators.</summary>
internal static class TargetEndpoints
{
    public static void MapTargets(this IEndpointRouteBuilder api)
    {
        api.MapGet("/targets/usable", UsableAsync).Produces<UsableList>().WithTags("Targets").WithSummary("Names and kinds of the targets that the caller may use.");
        var targets = api.MapGroup("/targets").WithTags("Targets").RequireAuthorization(AccessRoom.AdminOnly);
        targets.MapGet("/", ListAsync).Produces<TargetList>().WithSummary("All targets, without secrets.");
        targets.MapPost("/", AddAsync).Accepts<TargetDraft>("application/json").Produces<TargetDocument>(StatusCodes.Status201Created)
            .WithSummary("Make a target. Storage is tried first; the secret of a web hook is in this answer only.");
        targets.MapGet("/{id:guid}", GetAsync).Produces<TargetDocument>().WithSummary("One target; of its secret only whether there is one.");
        targets.MapPut("/{id:guid}", ChangeAsync).Accepts<TargetDraft>("application/json").Produces<TargetDocument>()
            .WithSummary("Replace settings and roles. Name and kind stay; without `secret` the one there is stays too.");
        targets.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent).WithSummary("Delete it and forget its secret.");
        targets.MapPost("/{id:guid}/test", TestAsync).Produces<TargetTest>().WithSummary("Call the web hook with the kind `test`, or write and delete a small file.");
        targets.MapPost("/{id:guid}/secret", SecretAsync).Produces<TargetDocument>().WithSummary("A new secret for a web hook, in this answer only.");
        targets.MapPost("/{id:guid}/disable", (Guid id, HttpContext http, TargetStore store, CancellationToken cancel) => SwitchAsync(id, true, http, store, cancel))
            .Produces<TargetDocument>().WithSummary("Deliver nothing there until it is enabled.");
        targets.MapPost("/{id:guid}/enable", (Guid id, HttpContext http, TargetStore store, CancellationToken cancel) => SwitchAsync(id, false, http, store, cancel))
            .Produces<TargetDocument>().WithSummary("Deliver there again.");
    }

    private static async Task<IResult> UsableAsync(HttpContext http, PermittedTargets targets, CancellationToken cancel) =>
        TypedResults.Ok(new UsableList(await targets.ListAsync(Viewer.Of(http.User), cancel)));

    private static async Task<IResult> ListAsync(TargetStore store, CancellationToken cancel) =>
        TypedResults.Ok(new TargetList([.. (await store.ListAsync(cancel)).Select(target => TargetDocument.Of(target))]));

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, TargetStore store, CancellationToken cancel) =>
        await store.FindAsync(id, cancel) is { } target ? TypedResults.Ok(TargetDocument.Of(target)) : NoSuchTarget(http);

    private static async Task<IResult> AddAsync(
        HttpContext http, SaveTarget save, TargetStore store, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken cancel)
    {
        var (body, problem) = await JsonBody.ReadAsync<TargetDraft>(http, json.Value.SerializerOptions);
        return body is null ? problem! : await AnswerAsync(await save.AddAsync(body, Viewer.Of(http.User), cancel), http, store, isNew: true, cancel);
    }

    private static async Task<IResult> ChangeAsync(
        Guid id, HttpContext http, SaveTarget save, TargetStore store, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is null)
        {
            return NoSuchTarget(http);
        }

        var (body, problem) = await JsonBody.ReadAsync<TargetDraft>(http, json.Value.SerializerOptions);
        return body is null ? problem! : await AnswerAsync(await save.ChangeAsync(id, body, cancel), http, store, isNew: false, cancel);
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext http, SaveTarget save, CancellationToken cancel) =>
        await save.DeleteAsync(id, cancel) ? TypedResults.NoContent() : NoSuchTarget(http);

    private static async Task<IResult> TestAsync(Guid id, HttpContext http, SaveTarget save, CancellationToken cancel) =>
        await save.TestAsync(id, cancel) is { } sent ? TypedResults.Ok(new TargetTest(sent.As == SentAs.Arrived, sent.Answer)) : NoSuchTarget(http);

    private static async Task<IResult> SecretAsync(Guid id, HttpContext http, SaveTarget save, TargetStore store, CancellationToken cancel) =>
        await AnswerAsync(await save.RenewSecretAsync(id, cancel), http, store, isNew: false, cancel);

    private static async Task<IResult> SwitchAsync(Guid id, bool disabled, HttpContext http, TargetStore store, CancellationToken cancel)
    {
        await store.DisableAsync(id, disabled, cancel);
        return await GetAsync(id, http, store, cancel);
    }

    private static async Task<IResult> AnswerAsync(TargetOutcome outcome, HttpContext http, TargetStore store, bool isNew, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        return outcome switch
        {
            TargetOutcome.Saved saved when await store.FindAsync(saved.Id, cancel) is { } target => isNew
                ? TypedResults.Created($"/api/targets/{saved.Id}", TargetDocument.Of(target, saved.NewSecret))
                : TypedResults.Ok(TargetDocument.Of(target, saved.NewSecret)),
            TargetOutcome.Rejected rejected => Problems.Validation(http, rejected.Errors),
            _ => NoSuchTarget(http),
        };
    }

    private static ProblemHttpResult NoSuchTarget(HttpContext http) => Problems.Of(http, StatusCodes.Status404NotFound, "There is no such target.");
}

internal sealed record UsableList(IReadOnlyList<TargetChoice> Items);

internal sealed record TargetList(IReadOnlyList<TargetDocument> Items);

/// <param name="Answer">What was answered, or why nothing was.</param>
internal sealed record TargetTest(bool Works, string Answer);

/// <param name="NewSecret">Only right after it was made.</param>
internal sealed record TargetDocument(
    Guid Id, string Name, TargetKind Kind, TargetSettings Settings, bool HasSecret, IReadOnlyList<string> Roles, bool Disabled, string CreatedBy, DateTimeOffset CreatedAt, string? NewSecret = null)
{
    public static TargetDocument Of(Target target, string? newSecret = null) => new(
        target.Id, target.Name, target.Kind, target.Settings, target.HasSecret, target.Roles, target.Disabled, target.CreatedBy, target.CreatedAt, newSecret);
}
