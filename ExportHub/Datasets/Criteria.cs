using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportHub.Datasets;

/// <summary>Criteria as a client sends them: nothing is checked yet. Null members mean "not said".</summary>
internal sealed record CriteriaRequest
{
    public IReadOnlyList<string>? Columns { get; init; }

    public IReadOnlyList<FilterRequest>? Filters { get; init; }

    public DateRangeRequest? DateRange { get; init; }

    public IReadOnlyList<SortRequest>? Sort { get; init; }

    public long? Limit { get; init; }

    /// <summary>IANA name such as `Europe/Berlin`. Default UTC.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>A condition on one column, or a group of such conditions of which at least one has to hold.</summary>
internal sealed record FilterRequest(string? Column = null, string? Op = null, JsonElement? Value = null)
{
    /// <summary>The conditions of a group, which is nothing else then; null for a single condition.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FilterRequest>? Any { get; init; }
}

/// <summary>
/// Half-open [from, to), read in the request's time zone; a date means the start of that day, and either end may be left open. Or a
/// relative range such as `previous_month`, see <see cref="RelativeRange"/>. Rows without a date are in no range.
/// </summary>
internal sealed record DateRangeRequest(string? Column = null, string? From = null, string? To = null, string? Relative = null);

internal sealed record SortRequest(string? Column, bool Descending = false);

/// <summary>
/// Criteria that were checked against a dataset, frozen with the export. Everything is resolved: columns are listed, a relative
/// date range has become bounds, values are canonical texts which PostgreSQL casts to <see cref="DatasetColumn.CastAs"/>.
/// </summary>
internal sealed record Criteria
{
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>All of them hold.</summary>
    public IReadOnlyList<Filter> Filters { get; init; } = [];

    /// <summary>Of each group at least one holds; none is empty.</summary>
    public IReadOnlyList<IReadOnlyList<Filter>> Groups { get; init; } = [];

    public DateRange? DateRange { get; init; }

    public IReadOnlyList<SortKey> Sort { get; init; } = [];

    public long? Limit { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>
    /// What filters and date range took each of their columns for, as <see cref="DatasetColumn.ComparesAs"/> said then: a number compared
    /// as text, or a time as text, would select other rows without a word.
    /// </summary>
    public IReadOnlyDictionary<string, string> Compared { get; init; } = new Dictionary<string, string>();

    /// <summary>Every column that is compared with a value.</summary>
    public IEnumerable<string> ComparedColumns() =>
        Filters.Concat(Groups.SelectMany(group => group)).Select(f => f.Column).Concat(DateRange is { } range ? [range.Column] : []).Distinct();

    /// <summary>Every column that has a part in it, in the file or not.</summary>
    public IEnumerable<string> UsedColumns() =>
        Columns.Concat(ComparedColumns()).Concat(Sort.Select(k => k.Column)).Distinct();
}

/// <param name="Op">The operator as requested, such as `lte`.</param>
/// <param name="Values">Canonical texts: none for isNull and isNotNull, two for between, any number for in and notIn, else one.</param>
/// <param name="WholeDays">True when a point-in-time column is compared with dates alone: the values are then the instants at which those
/// days begin, so that `lte 2026-01-31` includes that day.</param>
/// <param name="DayEnds">With whole days, for each value the instant at which the next day begins; else null.</param>
internal sealed record Filter(string Column, string Op, IReadOnlyList<string> Values, bool WholeDays = false, IReadOnlyList<string>? DayEnds = null);

/// <param name="From">Canonical bound, inclusive; null means open.</param>
/// <param name="To">Canonical bound, exclusive; null means open.</param>
/// <param name="Relative">What was asked for, when it was relative; the bounds are what it meant at the time of the request.</param>
internal sealed record DateRange(string Column, string? From, string? To, string? Relative = null);

internal sealed record SortKey(string Column, bool Descending = false);
