using ExportHub.Datasets;
using ExportHub.Formats;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExportHub.Api;

/// <summary>What there is to export.</summary>
internal static class DatasetEndpoints
{
    public static void MapDatasets(this IEndpointRouteBuilder api)
    {
        var datasets = api.MapGroup("/datasets").WithTags("Datasets");
        datasets.MapGet("/", ListAsync).WithSummary("All datasets; one with `broken` cannot be exported until its definition is repaired.");
        datasets.MapGet("/{name}", GetAsync).WithSummary("A dataset with its columns, their types and the operators they take.");
    }

    private static async Task<Ok<DatasetList>> ListAsync(DatasetCatalog catalog, CancellationToken cancel)
    {
        var datasets = await catalog.ListAsync(cancel);
        return TypedResults.Ok(new DatasetList([.. datasets.Select(d => new DatasetSummary(d.Name, d.Title, d.Definition.Description, d.Columns.Count, d.Broken))]));
    }

    private static async Task<Results<Ok<DatasetDetails>, ProblemHttpResult>> GetAsync(
        string name, HttpContext http, DatasetCatalog catalog, CancellationToken cancel) =>
        await catalog.FindAsync(name, cancel) is { } dataset
            ? TypedResults.Ok(DatasetDetails.Of(dataset))
            : Problems.Of(http, StatusCodes.Status404NotFound, "There is no such dataset.", "GET /api/datasets lists them.");
}

internal sealed record DatasetList(IReadOnlyList<DatasetSummary> Items);

/// <param name="Columns">How many columns it has.</param>
/// <param name="Broken">Why it cannot be exported; null when it can.</param>
internal sealed record DatasetSummary(string Name, string Title, string? Description, int Columns, string? Broken);

internal sealed record DatasetDetails(
    string Name, string Title, string? Description, string? Broken, string? DateColumn, long? RowLimit,
    IReadOnlyList<ColumnDetails> Columns, IReadOnlyList<string> Formats)
{
    public static DatasetDetails Of(Dataset dataset) => new(
        dataset.Name, dataset.Title, dataset.Definition.Description, dataset.Broken, dataset.Definition.DateColumn, dataset.Definition.RowLimit,
        [.. dataset.Columns.Select(c => new ColumnDetails(c.Name, c.Title, c.DatabaseType, c.Operators, c.Choices))],
        [.. FileFormats.All.Select(format => format.Name)]);
}

/// <param name="Values">The values an enum column can have; empty otherwise.</param>
internal sealed record ColumnDetails(string Name, string Title, string Type, IReadOnlyList<string> Operators, IReadOnlyList<string> Values);
