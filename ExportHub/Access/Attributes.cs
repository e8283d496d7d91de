using System.Collections.ObjectModel;
using System.Data;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;

namespace ExportHub.Access;

/// <summary>
/// What row filters compare with, such as the region of a person: for each name one or more values. In the database it is an object in which one value is a
/// text and several are a list. What is neither there counts as not given.
/// </summary>
internal sealed partial class Attributes(IDictionary<string, IReadOnlyList<string>> values) : ReadOnlyDictionary<string, IReadOnlyList<string>>(values)
{
    private const int Most = 50;
    private const int MostValues = 1_000;
    private const int LongestValue = 200;

    /// <summary>What the account itself says under these names cannot be said otherwise.</summary>
    private static readonly string[] Reserved = ["name", "roles"];

    public static Attributes None { get; } = new(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));

    /// <summary>Called by whoever is about to read or write people; what it registers is Dapper's for the whole process.</summary>
    public static void Register() => SqlMapper.AddTypeHandler(new Json());

    public static Attributes Of(IEnumerable<(string Name, string Value)> values) => new(
        values.GroupBy(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group.Distinct(StringComparer.Ordinal)], StringComparer.Ordinal));

    /// <summary>Reads lines such as `region=EU`, one for each value. The fault is a sentence; null when there is none.</summary>
    public static (Attributes Read, string? Fault) Parse(string? text)
    {
        var pairs = (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(parts => (Name: parts[0], Value: parts.Length == 2 ? parts[1] : ""))
            .ToList();
        var fault = pairs.Select(pair => FaultOf(pair.Name, pair.Value)).FirstOrDefault(said => said is not null);
        var read = fault is null ? Of(pairs) : None;
        return (read, fault ?? (read.Count > Most || read.Values.Any(values => values.Count > MostValues)
            ? $"At most {Most} attributes with {MostValues} values each."
            : null));
    }

    /// <summary>The lines that <see cref="Parse"/> reads.</summary>
    public string ToLines() => string.Join('\n', this.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Select(value => $"{pair.Key}={value}")));

    private static string? FaultOf(string name, string value) => (name, value) switch
    {
        _ when !NamePattern().IsMatch(name) =>
            "An attribute is written as its name, an equals sign and a value, such as region=EU. A name has 1 to 50 lower-case letters, digits and underscores and begins with a letter.",
        _ when Reserved.Contains(name) => $"“{name}” cannot be an attribute: it is what the account itself says.",
        ({ }, { Length: 0 }) => $"The attribute {name} has no value.",
        _ when value.Length > LongestValue || value.Any(char.IsControl) => $"A value of {name} must have at most {LongestValue} printable characters.",
        _ => null,
    };

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,49}\z")]
    private static partial Regex NamePattern();

    private sealed class Json : SqlMapper.TypeHandler<Attributes>
    {
        public override Attributes Parse(object value)
        {
            using var document = JsonDocument.Parse((string)value);
            return Attributes.Of(
                from member in document.RootElement.EnumerateObject()
                from item in member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray() : Enumerable.Repeat(member.Value, 1)
                where item.ValueKind == JsonValueKind.String
                select (member.Name, item.GetString()!));
        }

        public override void SetValue(IDbDataParameter parameter, Attributes? value) => parameter.Value = JsonSerializer.Serialize(
            (value ?? None).ToDictionary(pair => pair.Key, pair => pair.Value.Count == 1 ? (object)pair.Value[0] : pair.Value));
    }
}
