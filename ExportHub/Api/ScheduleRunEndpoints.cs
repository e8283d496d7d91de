using ExportHub.Access;
using ExportHub.Schedules;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace ExportHub.Api;

/// <summary>Single runs of a schedule.</summary>
internal static class ScheduleRunEndpoints
{
    private const int UsualRuns = 50;
    private const int MostRuns = 200;

    public static void MapScheduleRuns(this IEndpointRouteBuilder schedules)
    {
        schedules.MapPost("/{id:guid}/run", RunAsync).Produces<RunDocument>(StatusCodes.Status202Accepted)
            .WithSummary("Run it now, by the same rule as a planned run: the answer says which days it is about. Location is the status of the export.");
        schedules.MapPost("/{id:guid}/backfill", BackfillAsync).Accepts<BackfillBody>("application/json").Produces<BackfillAnswer>(StatusCodes.Status202Accepted)
            .WithSummary("Have the runs of a span of past days made that were not, or failed; 100 at most.");
        schedules.MapGet("/{id:guid}/runs", ListAsync).Produces<RunList>().WithSummary("Its runs, the last due first.");
        schedules.MapPost("/{id:guid}/runs/{occurrence:guid}/deliver", DeliverAsync).Produces<RunDocument>().WithSummary("Deliver a run that is held.");
        schedules.MapPost("/{id:guid}/runs/{occurrence:guid}/drop", DropAsync).Produces<RunDocument>().WithSummary("Do not deliver a run that is held.");
    }

    private static async Task<IResult> RunAsync(Guid id, HttpContext http, RunSchedule runs, PermittedSchedules schedules, CancellationToken cancel)
    {
        if (await schedules.FindAsync(id, Viewer.Of(http.User), cancel) is not { } schedule
            || await runs.NowAsync(id, Viewer.Of(http.User), cancel) is not RunRequest.Asked asked)
        {
            return ScheduleEndpoints.NoSuchSchedule(http);
        }

        var document = RunDocument.Of(asked.Occurrence, schedule);
        return TypedResults.Accepted(document.Export, document);
    }

    private static async Task<IResult> BackfillAsync(Guid id, HttpContext http, RunSchedule runs, PermittedSchedules schedules, IOptions<JsonOptions> json, CancellationToken cancel)
    {
        if (await schedules.FindAsync(id, Viewer.Of(http.User), cancel) is null)
        {
            return ScheduleEndpoints.NoSuchSchedule(http);
        }

        var (body, problem) = await JsonBody.ReadAsync<BackfillBody>(http, json.Value.SerializerOptions);
        if (body is null)
        {
            return problem!;
        }

        if (body is not { From: { } from, To: { } to })
        {
            return Problems.Validation(http, new Dictionary<string, string[]> { [body.From is null ? "from" : "to"] = ["Give a date such as 2026-01-31."] });
        }

        return await runs.BackfillAsync(id, from, to, Viewer.Of(http.User), cancel) switch
        {
            BackfillOutcome.Asked asked => TypedResults.Accepted($"/api/schedules/{id}/runs", new BackfillAnswer(asked.Runs)),
            BackfillOutcome.Rejected rejected => Problems.Validation(http, rejected.Errors),
            _ => ScheduleEndpoints.NoSuchSchedule(http),
        };
    }

    private static async Task<IResult> ListAsync(
        Guid id, HttpContext http, PermittedSchedules schedules, OccurrenceStore occurrences, CancellationToken cancel, DateTimeOffset? before = null, int limit = UsualRuns)
    {
        if (await schedules.FindAsync(id, Viewer.Of(http.User), cancel) is not { } schedule)
        {
            return ScheduleEndpoints.NoSuchSchedule(http);
        }

        if (limit is < 1 or > MostRuns)
        {
            return Problems.Validation(http, new Dictionary<string, string[]> { ["limit"] = [$"Give a number from 1 to {MostRuns}."] });
        }

        var found = await occurrences.ListRunsAsync(id, before, limit, cancel);
        var next = found.Count == limit ? $"/api/schedules/{id}/runs?limit={limit}&before={Uri.EscapeDataString($"{found[^1].Occurrence.DueAt:O}")}" : null;
        return TypedResults.Ok(new RunList([.. found.Select(run => RunDocument.Of(run.Occurrence, schedule, run))], next));
    }

    private static Task<IResult> DeliverAsync(
        Guid id, Guid occurrence, HttpContext http, RunSchedule runs, PermittedSchedules schedules, OccurrenceStore occurrences, CancellationToken cancel) =>
        DecideAsync(id, occurrence, http, () => runs.ReleaseAsync(occurrence, Viewer.Of(http.User), cancel), schedules, occurrences, cancel);

    private static Task<IResult> DropAsync(
        Guid id, Guid occurrence, HttpContext http, RunSchedule runs, PermittedSchedules schedules, OccurrenceStore occurrences, CancellationToken cancel) =>
        DecideAsync(id, occurrence, http, () => runs.DropAsync(occurrence, Viewer.Of(http.User), cancel), schedules, occurrences, cancel);

    private static async Task<IResult> DecideAsync(
        Guid id, Guid occurrence, HttpContext http, Func<Task<ScheduleOutcome>> act, PermittedSchedules schedules, OccurrenceStore occurrences, CancellationToken cancel)
    {
        if (await schedules.FindAsync(id, Viewer.Of(http.User), cancel) is not { } schedule || (await occurrences.FindAsync(occurrence, cancel))?.ScheduleId != id)
        {
            return Problems.Of(http, StatusCodes.Status404NotFound, "There is no such run.");
        }

        return await act() switch
        {
            ScheduleOutcome.Saved => TypedResults.Ok(RunDocument.Of((await occurrences.FindAsync(occurrence, cancel))!, schedule)),
            ScheduleOutcome.NotPermitted late => Problems.Of(http, StatusCodes.Status409Conflict, late.Message),
            var refused => ScheduleEndpoints.Refuse(http, refused),
        };
    }
}
