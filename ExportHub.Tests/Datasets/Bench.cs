using System.Text.Json;
using ExportHub.Datasets;
using ExportHub.Formats;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Tests.Datasets;

/// <summary>From a definition to rows in one call, for tests with a database.</summary>
internal sealed class Bench(NpgsqlDataSource pool, DatasetsOptions? options = null)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    public DatasetDescription Description { get; } = new(new SourceInquiry(new OneSource(pool), Options.Create(options ?? new()), TimeProvider.System));

    public RowSource Source { get; } = new(new OneSource(pool), Options.Create(options ?? new()));

    public static DatasetDefinition From(string table) => new() { Name = "tested", From = table };

    public static DatasetDefinition Query(string query) => new() { Name = "tested", Query = query };

    public async Task<Dataset> DescribeAsync(DatasetDefinition definition)
    {
        var dataset = await Description.ReadAsync(definition, CancellationToken.None);
        Assert.Null(dataset.Broken);
        return dataset;
    }

    /// <summary>A request as clients write it.</summary>
    public static CriteriaRequest Request(string json) => JsonSerializer.Deserialize<CriteriaRequest>(json, Web)!;

    /// <summary>Criteria without fault.</summary>
    public static Criteria Settle(Dataset dataset, string json)
    {
        var faults = new List<string>();
        var criteria = CriteriaCheck.Settle(dataset, Request(json), Noon, (field, said) => faults.Add($"{field}: {said}"));
        Assert.Empty(faults);
        return criteria!;
    }

    /// <summary>Field and sentence of every fault.</summary>
    public static IReadOnlyList<(string Field, string Said)> Faults(Dataset dataset, CriteriaRequest request)
    {
        var faults = new List<(string, string)>();
        var criteria = CriteriaCheck.Settle(dataset, request, Noon, (field, said) => faults.Add((field, said)));
        Assert.Equal(faults.Count == 0, criteria is not null);
        return faults;
    }

    public Task<IRowReader> OpenAsync(Dataset dataset, Criteria criteria, string name = "exporthub:test", bool iso = false) =>
        Source.OpenAsync(dataset, criteria, name, iso, CancellationToken.None);

    /// <summary>All rows, each cell as text.</summary>
    public async Task<List<string?[]>> ReadAsync(Dataset dataset, Criteria criteria, bool iso = false)
    {
        await using var reader = await OpenAsync(dataset, criteria, iso: iso);
        using var row = new RawRow(reader.Columns.Count);
        var rows = new List<string?[]>();
        while (await reader.ReadAsync(row, CancellationToken.None))
        {
            rows.Add([.. reader.Columns.Select((c, i) => row.IsNull(i) ? null : Wire.Text(c.Type, row[i]))]);
        }

        return rows;
    }

    /// <summary>The first column of all rows, blank-separated.</summary>
    public async Task<string> FirstColumnAsync(Dataset dataset, string json) =>
        string.Join(' ', (await ReadAsync(dataset, Settle(dataset, json))).Select(r => r[0]));
}
