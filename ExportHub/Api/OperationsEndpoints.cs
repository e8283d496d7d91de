using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Operations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ExportHub.Api;

/// <summary>What the operations page shows and does, for programs of administrators.</summary>
internal static class OperationsEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("Operations").RequireAuthorization(AccessRoom.OperatorsOnly);
        operations.MapGet("/", LookAsync).WithSummary("How the service is doing: its state, what runs, waits, is stuck and failed, what room is left.");
        foreach (var act in Enum.GetValues<Act>().Where(act => !AdminActs.IsOnExport(act)))
        {
            operations.MapPost($"/{NameOf(act)}", (HttpContext http, CancellationToken cancel) => SwitchAsync(act, http, cancel))
                .Accepts<ActRequest>("application/json").Produces<ServiceMode>().WithSummary("Switches the service; the reason is kept. 409 when it is so already.");
        }

        foreach (var act in Enum.GetValues<Act>().Where(AdminActs.IsOnExport))
        {
            operations.MapPost($"/exports/{{id:guid}}/{NameOf(act)}", (Guid id, HttpContext http, CancellationToken cancel) => ControlAsync(act, id, http, cancel))
                .Accepts<ActRequest>("application/json").Produces<StatusDocument>(StatusCodes.Status202Accepted)
                .WithSummary("Anybody's export; the reason is kept. 409 when its state does not allow it.");
        }
    }

    private static string NameOf(Act act) => act.ToString().ToLowerInvariant();

    private static async Task<Ok<OperationsReport>> LookAsync(HttpContext http, WatchOperations operations, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Ok(await operations.LookAsync(cancel));
    }

    private static async Task<IResult> SwitchAsync(Act act, HttpContext http, CancellationToken cancel)
    {
        var (why, problem) = await ReasonAsync(http);
        if (why is null)
        {
            return problem!;
        }

        return await Acts(http).DoAsync(act, exportId: null, why, cancel) == ControlOutcome.Done
            ? TypedResults.Ok(await http.RequestServices.GetRequiredService<ServiceModeStore>().ReadAsync(cancel))
            : Problems.Of(http, StatusCodes.Status409Conflict, "It is so already.", "Nothing was changed, and the reason is not kept.");
    }

    private static async Task<IResult> ControlAsync(Act act, Guid id, HttpContext http, CancellationToken cancel)
    {
        var (why, problem) = await ReasonAsync(http);
        if (why is null)
        {
            return problem!;
        }

        var outcome = await Acts(http).DoAsync(act, id, why, cancel);
        var refusal = act == Act.Cancel ? ExportEndpoints.CannotCancel : ExportEndpoints.CannotRetry;
        return await ExportEndpoints.AnswerAsync(outcome, id, refusal, http, http.RequestServices.GetRequiredService<ExportHistory>(), cancel);
    }

    private static AdminActs Acts(HttpContext http) => http.RequestServices.GetRequiredService<AdminActs>();

    /// <summary>The body has to be JSON, which a page of another site cannot send without being asked about it first.</summary>
    private static async Task<(AdminAct? Why, IResult? Problem)> ReasonAsync(HttpContext http)
    {
        if (http.Request is { ContentType: null, ContentLength: null or 0 })
        {
            return (null, Missing(http, AdminAct.Fault(null)!));
        }

        var json = http.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
        var (request, problem) = await JsonBody.ReadAsync<ActRequest>(http, json);
        return (request, AdminAct.Fault(request?.Reason)) switch
        {
            (null, _) => (null, problem),
            (_, { } fault) => (null, Missing(http, fault)),
            _ => (new AdminAct(request.Reason!.Trim()), null),
        };
    }

    private static ProblemHttpResult Missing(HttpContext http, string fault) =>
        Problems.Validation(http, new Dictionary<string, string[]> { ["reason"] = [fault] });
}

/// <param name="Reason">Why; required, at most 500 characters. It is kept.</param>
internal sealed record ActRequest(string? Reason = null);
