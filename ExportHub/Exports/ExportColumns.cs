using System.Data;
using System.Text.Json;
using Dapper;
using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>How the columns of exporthub.export and the members of <see cref="Export"/> meet: jsonb as records, timestamptz as UTC.</summary>
internal static class ExportColumns
{
    /// <summary>Reads whole exports. The place in the queue counts what is due earlier; it and the usual duration cost nothing for an export that is over.</summary>
    public const string Select = """
        SELECT id, definition AS dataset, criteria, format, options, status, attempt, attempts_left, max_attempts, cancel_requested,
            requested_by, as_administrator, scope, lane, estimated_rows, held,
            rows, total_rows, total_is_exact, percent AS percent_reached, selected_rows, not_counted, bytes,
            requested_at, started_at, renewed_at, finished_at, expires_at, data_as_of,
            file_key, file_name, content_type, sha256, warnings,
            CASE WHEN error_code IS NOT NULL THEN
                jsonb_build_object('code', error_code, 'message', error_message)
            END AS error,
            CASE WHEN status = 'queued' AND error_code IS NOT NULL THEN due_at END AS next_attempt_at,
            status = 'queued' AND EXISTS (SELECT FROM exporthub.service_mode WHERE draining) AS draining,
            CASE WHEN status = 'queued' THEN
                (SELECT count(*) FROM exporthub.export AS earlier
                 WHERE earlier.status = 'queued' AND earlier.lane = export.lane AND (earlier.due_at, earlier.id) <= (export.due_at, export.id)
                     AND (NOT earlier.held OR earlier.requested_by = export.requested_by))
            END AS queue_position,
            CASE WHEN status IN ('queued', 'running') THEN
                (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM recent.finished_at - recent.started_at))
                 FROM (SELECT finished_at, started_at
                       FROM exporthub.export AS earlier
                       WHERE earlier.dataset = export.dataset AND earlier.format = export.format AND earlier.status IN ('completed', 'expired')
                       ORDER BY earlier.id DESC
                       LIMIT 5) AS recent)
            END AS usual_seconds
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
