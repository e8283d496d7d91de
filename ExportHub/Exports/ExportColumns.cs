using System.Data;
using System.Text.Json;
using Dapper;
using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>How the columns of exporthub.export and the members of <see cref="Export"/> meet: jsonb as records, timestamptz as UTC.</summary>
internal static class ExportColumns
{
    /// <summary>Reads whole exports, without what only <see cref="QueueOutlook"/> knows.</summary>
    public const string Select = """
        SELECT id, definition AS dataset, criteria, format, options, status, attempt, attempts_left, max_attempts, cancel_requested,
            requested_by, as_administrator, scope, lane, estimated_rows, usual_seconds, held, template_id, template_version, occurrence_id,
            rows, total_rows, total_is_exact, percent AS percent_reached, selected_rows, not_counted, bytes,
            requested_at, started_at, renewed_at, finished_at, expires_at, retention, kept_at, kept_by, deleted_at, data_as_of,
            file_key, file_name, content_type, sha256, warnings,
            CASE WHEN error_code IS NOT NULL THEN
                jsonb_build_object('code', error_code, 'message', error_message)
            END AS error,
            CASE WHEN status = 'queued' AND error_code IS NOT NULL THEN due_at END AS next_attempt_at
        FROM exporthub.export
        """;

    /// <summary>Reads what a status document is made of, and nothing that costs more than the row itself.</summary>
    public const string SelectStatus = """
        SELECT id, jsonb_build_object('name', dataset) AS dataset, format, status, attempt, attempts_left, max_attempts, cancel_requested,
            requested_by, lane, estimated_rows, usual_seconds, held,
            rows, total_rows, total_is_exact, percent AS percent_reached, selected_rows, not_counted, bytes,
            requested_at, started_at, renewed_at, finished_at, expires_at, retention, kept_at, deleted_at, data_as_of, file_name, content_type, sha256, warnings,
            CASE WHEN error_code IS NOT NULL THEN
                jsonb_build_object('code', error_code, 'message', error_message)
            END AS error,
            CASE WHEN status = 'queued' AND error_code IS NOT NULL THEN due_at END AS next_attempt_at
        FROM exporthub.export
        """;

    static ExportColumns()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new Utc());
        SqlMapper.AddTypeHandler(new Json<DatasetDefinition>());
        SqlMapper.AddTypeHandler(new Json<Criteria>());
        SqlMapper.AddTypeHandler(new Json<FormatOptions>());
        SqlMapper.AddTypeHandler(new Json<RowScope>());
        SqlMapper.AddTypeHandler(new Json<ExportRequest>());
        SqlMapper.AddTypeHandler(new Json<ExportError>());
        SqlMapper.AddTypeHandler(new Json<ReceiptFacts>());
        SqlMapper.AddTypeHandler(new Json<IReadOnlyList<string>>());
    }

    /// <summary>Called by whoever is about to read or write exports; what it registers is Dapper's for the whole process.</summary>
    public static void Register()
    {
        // The static constructor does it, once.
    }

    private sealed class Json<T> : SqlMapper.TypeHandler<T>
    {
        public override T Parse(object value) => JsonSerializer.Deserialize<T>((string)value, JsonSerializerOptions.Web)!;

        public override void SetValue(IDbDataParameter parameter, T? value) => parameter.Value = JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
    }

    private sealed class Utc : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => new(DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc));

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();
    }
}
