using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportHub.Notifications;

/// <summary>How this room keeps its words in jsonb columns and sends them: names in camel case, enums too.</summary>
internal static class NotificationsJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;
}
