using System.Collections;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ExportHub.Datasets;

/// <summary>The JSON of a definition, the same in a file, in the database and over HTTP.</summary>
internal static class DefinitionText
{
    public const int Longest = 1024 * 1024;

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    // People read the file: letters stay letters, and what is not said is not there.
    private static readonly JsonSerializerOptions Writing = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatIsEmpty } },
    };

    /// <summary>What <paramref name="json"/> says; a fault where it is no definition.</summary>
    /// <param name="place">What its faults begin with.</param>
    /// <param name="name">What the dataset is called when the text does not tell.</param>
    public static DefinitionFile Read(string place, string name, ReadOnlySpan<byte> json)
    {
        var stamp = StampOf(json);
        DefinitionFile Wrong(string reason) => new(place, new DatasetDefinition { Name = name }, $"{place}: {reason}") { Stamp = stamp };
        try
        {
            var definition = JsonSerializer.Deserialize<DatasetDefinition>(WithoutMark(json), Reading);
            return definition is null
                ? Wrong("The file holds no definition.")
                : Checked(place, definition.Name.Length > 0 ? definition : definition with { Name = name }) with { Stamp = stamp, HasComments = HasComments(json) };
        }
        catch (JsonException wrong)
        {
            return Wrong(InWords(wrong));
        }
    }

    /// <summary>Reads as the same definition, and ends with a line break.</summary>
    public static string Write(DatasetDefinition definition) => JsonSerializer.Serialize(definition, Writing) + "\n";

    public static string StampOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json));

    private static DefinitionFile Checked(string place, DatasetDefinition definition) =>
        new(place, definition, DefinitionCheck.Fault(definition) is { } fault ? $"{place}: {fault}" : null);

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    private static bool HasComments(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(WithoutMark(json), new() { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Comment)
            {
                return true;
            }
        }

        return false;
    }

    // An empty list of roles for a column means nobody, so those of a column stay; and an empty key means none.
    private static void LeaveOutWhatIsEmpty(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(_ => type.Type == typeof(RightsDefinition) || type.Type == typeof(DatasetDefinition)))
        {
            if (property.Name != "key" && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
            {
                property.ShouldSerialize = (_, value) => value is IEnumerable all && all.GetEnumerator().MoveNext();
            }
        }
    }

    private static string InWords(JsonException wrong)
    {
        var member = wrong.Path is { Length: > 2 } path ? $" at `{path[2..]}`" : "";
        var line = wrong.LineNumber is { } number ? $" in line {number + 1}" : "";
        var said = wrong.Message.Split(" Path:")[0];
        return wrong.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? $"There is no such member{member}{line}."
            : $"This is not a definition{member}{line}: {said}";
    }
}
