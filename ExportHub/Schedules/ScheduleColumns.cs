using System.Data;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using ExportHub.Exports;
using ExportHub.Notifications;

namespace ExportHub.Schedules;

/// <summary>How the columns of exporthub.schedule and exporthub.occurrence meet <see cref="Schedule"/> and <see cref="Occurrence"/>.</summary>
internal static class ScheduleColumns
{
    public const string Select = """
        SELECT s.id, s.owner, s.name, s.dataset, s.request, s.template_id, s.template_version, s.timing, s.time_zone, s.missed, s.guard, s.delivery, s.retention,
            s.version, s.next_at, s.paused_at, s.paused_by, s.paused_reason, s.failures, s.created_at, s.changed_at,
            s.deleted_at IS NOT NULL AS is_deleted
        FROM exporthub.schedule AS s
        """;

    public const string Occurrence = "o.id, o.schedule_id, o.due_at, o.origin, o.status, o.asked_by, o.reason, o.export_id, o.tries, o.made_at, o.settled_at";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    static ScheduleColumns()
    {
        ExportColumns.Register();
        SqlMapper.AddTypeHandler(new Kept<Timing>());
        SqlMapper.AddTypeHandler(new Kept<RunGuard>());
        SqlMapper.AddTypeHandler(new Kept<Delivery>());
    }

    /// <summary>Called by whoever is about to read or write schedules; what it registers is Dapper's for the whole process.</summary>
    public static void Register()
    {
        // The static constructor does it, once.
    }

    /// <summary>As the database has it.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    public static string Write(ExportRequest request) => JsonSerializer.Serialize(request, JsonSerializerOptions.Web);

    private sealed class Kept<T> : SqlMapper.TypeHandler<T>
    {
        public override T Parse(object value) => JsonSerializer.Deserialize<T>((string)value, Json)!;

        public override void SetValue(IDbDataParameter parameter, T? value) => parameter.Value = Write(value);
    }
}
