using ExportHub.Access;
using ExportHub.Schedules;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace ExportHub.Api;

/// <summary>Exports that come by themselves.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedules(this IEndpointRouteBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("Schedules");
        schedules.MapGet("/", ListAsync).Produces<ScheduleList>().WithSummary("The caller's schedules; an administrator's caller sees all.");
        schedules.MapPost("/", AddAsync).Accepts<ScheduleDraft>("application/json").Produces<ScheduleDocument>(StatusCodes.Status201Created).WithSummary("Have an export made by itself.");
        schedules.MapPost("/preview", PreviewAsync).Accepts<ScheduleDraft>("application/json").Produces<SchedulePreview>()
            .WithSummary("What POST takes, without saving it: the next five runs and the days each will be about.");
        schedules.MapGet("/{id:guid}", GetAsync).Produces<ScheduleDocument>().WithSummary("A schedule.");
        schedules.MapPut("/{id:guid}", ChangeAsync).Accepts<ScheduleDraft>("application/json").Produces<ScheduleDocument>()
            .WithSummary("Replace what a schedule says. A run that is under way is left alone.");
        schedules.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent).WithSummary("Delete a schedule. The exports it made stay.");
        schedules.MapPost("/{id:guid}/pause", PauseAsync).Accepts<PauseBody>("application/json").Produces<ScheduleDocument>().WithSummary("Nothing is due until it is resumed.");
        schedules.MapPost("/{id:guid}/resume", ResumeAsync).Produces<ScheduleDocument>().WithSummary("Go on from now; what was due meanwhile was not missed.");
        schedules.MapPost("/{id:guid}/owner", GiveAsync).Accepts<OwnerBody>("application/json").Produces<ScheduleDocument>()
            .WithSummary("Give a schedule to somebody else, under whose rights it runs from then on. For administrators.");
        schedules.MapScheduleRuns();
    }

    private static async Task<IResult> ListAsync(HttpContext http, PermittedSchedules schedules, CancellationToken cancel) =>
        TypedResults.Ok(new ScheduleList([.. (await schedules.ListAsync(Viewer.Of(http.User), cancel)).Select(ScheduleDocument.Of)]));

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, PermittedSchedules schedules, CancellationToken cancel) =>
        await schedules.FindAsync(id, Viewer.Of(http.User), cancel) is { } schedule ? TypedResults.Ok(ScheduleDocument.Of(schedule)) : NoSuchSchedule(http);

    private static async Task<IResult> AddAsync(HttpContext http, SaveSchedule save, PermittedSchedules schedules, IOptions<JsonOptions> json, CancellationToken cancel)
    {
        var (draft, problem) = await JsonBody.ReadAsync<ScheduleDraft>(http, json.Value.SerializerOptions);
        return draft is null ? problem! : await save.AddAsync(draft, Viewer.Of(http.User), cancel) switch
        {
            ScheduleOutcome.Saved saved when await schedules.FindAsync(saved.Id, Viewer.Of(http.User), cancel) is { } schedule =>
                TypedResults.Created($"/api/schedules/{saved.Id}", ScheduleDocument.Of(schedule)),
            var refused => Refuse(http, refused),
        };
    }

    private static async Task<IResult> PreviewAsync(HttpContext http, ForeseeRuns foresee, IOptions<JsonOptions> json, CancellationToken cancel)
    {
        var (draft, problem) = await JsonBody.ReadAsync<ScheduleDraft>(http, json.Value.SerializerOptions);
        return draft is null ? problem! : await foresee.CheckAsync(draft, Viewer.Of(http.User), cancel) switch
        {
            { Refusal: { } refusal } => Refuse(http, refusal),
            var seen => TypedResults.Ok(new SchedulePreview(seen.Words!, [.. seen.Runs.Select(PlannedRunDocument.Of)])),
        };
    }

    private static Task<IResult> ChangeAsync(Guid id, HttpContext http, SaveSchedule save, PermittedSchedules schedules, IOptions<JsonOptions> json, CancellationToken cancel) =>
        WithBodyAsync<ScheduleDraft>(id, http, schedules, json, draft => save.ChangeAsync(id, draft, Viewer.Of(http.User), cancel), cancel);

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext http, SaveSchedule save, CancellationToken cancel) =>
        await save.DeleteAsync(id, Viewer.Of(http.User), cancel) is ScheduleOutcome.Saved ? TypedResults.NoContent() : NoSuchSchedule(http);

    private static Task<IResult> PauseAsync(Guid id, HttpContext http, SaveSchedule save, PermittedSchedules schedules, IOptions<JsonOptions> json, CancellationToken cancel) =>
        http.Request.HasJsonContentType()
            ? WithBodyAsync<PauseBody>(id, http, schedules, json, body => save.PauseAsync(id, Viewer.Of(http.User), body.Reason, cancel), cancel)
            : AnswerAsync(id, http, schedules, () => save.PauseAsync(id, Viewer.Of(http.User), null, cancel), cancel);

    private static Task<IResult> ResumeAsync(Guid id, HttpContext http, SaveSchedule save, PermittedSchedules schedules, CancellationToken cancel) =>
        AnswerAsync(id, http, schedules, () => save.ResumeAsync(id, Viewer.Of(http.User), cancel), cancel);

    private static Task<IResult> GiveAsync(Guid id, HttpContext http, SaveSchedule save, PermittedSchedules schedules, IOptions<JsonOptions> json, CancellationToken cancel) =>
        WithBodyAsync<OwnerBody>(id, http, schedules, json, body => save.TakeOverAsync(id, body.Owner, Viewer.Of(http.User), cancel), cancel);

    /// <summary>Whose it is comes first: what is wrong with the body is nobody's to know of a schedule that is not there.</summary>
    private static async Task<IResult> WithBodyAsync<T>(
        Guid id, HttpContext http, PermittedSchedules schedules, IOptions<JsonOptions> json, Func<T, Task<ScheduleOutcome>> act, CancellationToken cancel)
        where T : class
    {
        if (await schedules.FindAsync(id, Viewer.Of(http.User), cancel) is null)
        {
            return NoSuchSchedule(http);
        }

        var (body, problem) = await JsonBody.ReadAsync<T>(http, json.Value.SerializerOptions);
        return body is null ? problem! : await AnswerAsync(id, http, schedules, () => act(body), cancel);
    }

    private static async Task<IResult> AnswerAsync(Guid id, HttpContext http, PermittedSchedules schedules, Func<Task<ScheduleOutcome>> act, CancellationToken cancel) => await act() switch
    {
        ScheduleOutcome.Saved when await schedules.FindAsync(id, Viewer.Of(http.User), cancel) is { } schedule => TypedResults.Ok(ScheduleDocument.Of(schedule)),
        var refused => Refuse(http, refused),
    };

    internal static ProblemHttpResult Refuse(HttpContext http, ScheduleOutcome outcome) => outcome switch
    {
        ScheduleOutcome.Rejected rejected => Problems.Validation(http, rejected.Errors),
        ScheduleOutcome.NotPermitted refused => Problems.NotPermitted(http, refused.Message),
        _ => NoSuchSchedule(http),
    };

    internal static ProblemHttpResult NoSuchSchedule(HttpContext http) => Problems.Of(http, StatusCodes.Status404NotFound, "There is no such schedule.");
}
