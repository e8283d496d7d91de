using ExportHub.Access;
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
        datasets.MapGet("/", ListAsync).WithSummary("The datasets that the caller may see; one with `broken` cannot be exported until its definition is repaired.");
        datasets.MapGet("/{name}", GetAsync).WithSummary("A dataset with its columns, their types and the operators they take.");
        datasets.MapGet("/{name}/columns/{column}/values", ValuesAsync)
            .WithSummary("Up to 50 values of a column with the rows that have them, most frequent first, among the rows that the caller may see; looked up within a second.");
    }

    private static async Task<Ok<DatasetList>> ListAsync(HttpContext http, PermittedDatasets permitted, CancellationToken cancel)
    {
        var datasets = await permitted.ListAsync(Viewer.Of(http.User), cancel);
        return TypedResults.Ok(new DatasetList([.. datasets.Select(DatasetSummary.Of)]));
    }

    private static async Task<Results<Ok<DatasetDetails>, ProblemHttpResult>> GetAsync(
        string name, HttpContext http, PermittedDatasets permitted, CancellationToken cancel) =>
        await permitted.FindAsync(name, Viewer.Of(http.User), cancel) is { } dataset
            ? TypedResults.Ok(DatasetDetails.Of(dataset))
            : Problems.Of(http, StatusCodes.Status404NotFound, "There is no such dataset.", "GET /api/datasets lists them.");

    private static async Task<Results<Ok<ColumnValueList>, ProblemHttpResult>> ValuesAsync(
        string name, string column, HttpContext http, PermittedDatasets permitted, DistinctValues values, CancellationToken cancel)
    {
        var dataset = await permitted.FindAsync(name, Viewer.Of(http.User), cancel);
        if (dataset?.Find(column) is not { } found)
        {
            return Problems.Of(http, StatusCodes.Status404NotFound, "There is no such column.", "GET /api/datasets/{name} lists the columns.");
        }

        if (dataset.Permission is not { MayExport: true, Obstacle: null })
        {
            return Problems.Of(http, StatusCodes.Status403Forbidden, $"You may see what {dataset.Title} holds, but not its values.", dataset.Permission?.Obstacle);
        }

        return DistinctValues.Suits(found)
            ? TypedResults.Ok(ColumnValueList.Of(found, await values.FindAsync(dataset, found, cancel)))
            : Problems.Of(http, StatusCodes.Status400BadRequest, "This column has no values to pick from.", "Texts, numbers, dates, enums and booleans have.");
    }
}

internal sealed record DatasetList(IReadOnlyList<DatasetSummary> Items);

/// <param name="Columns">How many columns it has.</param>
/// <param name="MayExport">False for what the caller may only look at.</param>
/// <param name="Broken">Why it cannot be exported; null when it can.</param>
internal sealed record DatasetSummary(string Name, string Title, string? Description, int Columns, bool MayExport, string? Broken)
{
    public static DatasetSummary Of(Dataset dataset) => new(
        dataset.Name, dataset.Title, dataset.Definition.Description, dataset.Columns.Count, dataset.Permission is { MayExport: true }, dataset.Broken);
}

/// <param name="MayExport">False for what the caller may only look at.</param>
/// <param name="MayTurnOffFormulaGuard">Whether the option `formulaGuard` may be false.</param>
/// <param name="Obstacle">What keeps the caller from exporting it, such as an attribute that the account lacks; null when nothing does.</param>
internal sealed record DatasetDetails(
    string Name, string Title, string? Description, bool MayExport, bool MayTurnOffFormulaGuard, string? Obstacle, string? Broken, string? DateColumn, long? RowLimit,
    IReadOnlyList<ColumnDetails> Columns, IReadOnlyList<string> Formats)
{
    public static DatasetDetails Of(Dataset dataset) => new(
        dataset.Name, dataset.Title, dataset.Definition.Description, dataset.Permission is { MayExport: true }, dataset.Permission is { MayRaw: true },
        dataset.Permission?.Obstacle, dataset.Broken, dataset.DateColumn, dataset.RowLimit,
        [.. dataset.Columns.Select(c => new ColumnDetails(c.Name, c.Title, c.DatabaseType, c.Operators, c.Choices))],
        [.. FileFormats.All.Select(format => format.Name)]);
}

/// <param name="Values">The values an enum column can have; empty otherwise.</param>
internal sealed record ColumnDetails(string Name, string Title, string Type, IReadOnlyList<string> Operators, IReadOnlyList<string> Values);

/// <param name="Empty">Rows without a value.</param>
/// <param name="RowsLookedAt">The first rows of the dataset, 100,000 at most; 0 when nothing was found out in time.</param>
/// <param name="Complete">Whether these are all values of all rows.</param>
internal sealed record ColumnValueList(string Column, IReadOnlyList<ColumnValueCount> Values, long Empty, long RowsLookedAt, bool Complete)
{
    public static ColumnValueList Of(DatasetColumn column, ColumnValues found) =>
        new(column.Name, [.. found.Items.Select(item => new ColumnValueCount(item.Value, item.Rows))], found.Empty, found.Rows, found.Complete);
}

internal sealed record ColumnValueCount(string Value, long Rows);
