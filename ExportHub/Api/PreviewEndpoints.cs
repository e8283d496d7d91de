using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Datasets;
using ExportHub.Exports;
using Microsoft.Extensions.Options;

namespace ExportHub.Api;

/// <summary>What an export would come to.</summary>
internal static class PreviewEndpoints
{
    public static void MapPreview(this IEndpointRouteBuilder api) =>
        api.MapPost("/datasets/{name}/preview", PreviewAsync).WithTags("Datasets").WithMetadata(new CountsAsAttribute(LimitKind.Preview))
            .Accepts<ExportRequest>("application/json").Produces<Preflight>()
            .WithSummary("The first 20 rows as they will be in the file, cells longer than 500 characters cut, and what the export is expected to come to. The body is that of POST /api/exports without the dataset. `missing` names what was not ready in a second.");

    private static async Task<IResult> PreviewAsync(
        string name, HttpContext http, PermittedDatasets permitted, PreflightExport preflight, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken cancel)
    {
        var (request, problem) = await JsonBody.ReadAsync<ExportRequest>(http, json.Value.SerializerOptions);
        if (request is null)
        {
            return problem!;
        }

        if (await permitted.FindAsync(name, Viewer.Of(http.User), cancel) is null)
        {
            return Problems.Of(http, StatusCodes.Status404NotFound, "There is no such dataset.", "GET /api/datasets lists them.");
        }

        if (request.Dataset is { } other && other != name)
        {
            return Problems.Validation(http, new Dictionary<string, string[]> { ["dataset"] = ["The address names the dataset already. Leave it out here, or write the same."] });
        }

        var (preview, refusal) = await preflight.LookAsync(request with { Dataset = name }, Viewer.Of(http.User), cancel);
        http.Response.Headers.CacheControl = "no-store";
        return refusal switch
        {
            null => TypedResults.Ok(preview),
            RequestOutcome.Rejected rejected => Problems.Validation(http, rejected.Errors),
            RequestOutcome.NotPermitted refused => Problems.NotPermitted(http, refused.Message),
            RequestOutcome.SourceUnavailable source => Problems.Unavailable(http, $"The database that holds {source.Dataset} does not answer."),
            var unknown => throw new InvalidOperationException($"{unknown} has no answer."),
        };
    }
}
