using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;

namespace ExportHub.Tests;

/// <summary>What README says is what the code does. The lines that can be run are run by <see cref="ReadmeCurlTests"/>.</summary>
public sealed partial class ReadmeTests
{
    /// <summary>The options of a request end in Options too, but are no settings.</summary>
    private static readonly Type[] SettingClasses =
        [.. typeof(Program).Assembly.GetTypes().Where(type => type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal)
            && type != typeof(FormatOptions) && type.GetInterfaces().Length == 0)];

    private static readonly JsonSerializerOptions AsDefinitionsAreRead = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    [Fact]
    public void The_settings_table_has_every_setting_with_its_default_and_no_other()
    {
        var told = Readme.Rows("Settings").Where(row => !row[0].Contains("ConnectionStrings", StringComparison.Ordinal)).ToDictionary(row => Readme.Code(row[0])!, row => row[1]);
        var settings = (
            from type in SettingClasses
            let fresh = Activator.CreateInstance(type)
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where property.CanWrite
            select (Name: $"{type.GetField("Section")?.GetRawConstantValue() ?? type.Name[..^"Options".Length]}:{property.Name}", Default: Spell(property.GetValue(fresh)))).ToList();

        Assert.Equal(settings.Select(setting => setting.Name).Order(), told.Keys.Order());
        Assert.All(settings.Where(setting => setting.Default is not null), setting => Assert.Contains($"`{setting.Default}`", told[setting.Name], StringComparison.Ordinal));
    }

    [Fact]
    public void The_failures_table_has_every_code_and_whether_it_is_tried_again()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "ExportHub", "Exports", "Failure.cs"));
        var codes = FailureCode().Matches(source).Select(m => (m.Groups["code"].Value, m.Groups["transient"].Value == "true" ? "yes" : "no"))
            .Append(("crash_loop", "no"));
        var told = Readme.Rows("Failures").Select(row => (Readme.Code(row[0])!, row[1]));

        Assert.Equal(codes.Distinct().Order(), told.Order());
    }

    [Fact]
    public void The_life_of_an_export_has_every_status() =>
        Assert.Equal(Enum.GetNames<ExportStatus>().Select(name => name.ToLowerInvariant()), Readme.Rows("The life of an export").Select(row => Readme.Code(row[0])));

    [Fact]
    public void The_table_of_delays_is_what_the_rule_gives() =>
        Assert.All(Readme.Rows("The status document"), row => Assert.Equal(
            double.Parse(row[1], CultureInfo.InvariantCulture),
            Math.Round(PollingRule.DelaySeconds(new PollingOptions(), int.Parse(row[0], CultureInfo.InvariantCulture), etaSeconds: null), 2)));

    [Fact]
    public void The_table_of_operators_has_those_of_every_kind_of_column()
    {
        var told = Readme.Rows("What to ask for").Select(row => row[1]).ToHashSet();
        IReadOnlyList<string>[] kinds =
        [
            Operators.OfText, Operators.OfOrdered, Operators.OfMembers, Operators.OfBoolean, Operators.OfPrinted, Operators.OfJson, Operators.OfOpaque,
        ];

        Assert.Superset(kinds.Select(kind => string.Join(", ", kind.Select(op => $"`{op}`"))).ToHashSet(), told);
    }

    [Fact]
    public void Every_relative_range_format_and_option_is_named()
    {
        var options = typeof(FormatOptions).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        Assert.All(
            [.. RelativeRange.Names, .. FileFormats.All.Select(format => format.Name), .. options],
            name => Assert.Contains($"`{name}`", Readme.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_of_a_definition_has_every_member_and_is_read()
    {
        var example = Readme.Blocks("Datasets").Single().Text;

        var definition = JsonSerializer.Deserialize<DatasetDefinition>(example, AsDefinitionsAreRead)!;

        Assert.Null(DefinitionCheck.Fault(definition));
        Assert.All(
            typeof(DatasetDefinition).GetProperties().Where(property => property.Name != nameof(DatasetDefinition.From)),
            property => Assert.Contains($"\"{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}\":", example, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_folder_of_the_product_has_its_line()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "ExportHub")).Select(Path.GetFileName).Except(["bin", "obj", "Properties"]);

        Assert.Equal(
            folders.Select(folder => $"ExportHub/{folder}").Order(),
            Readme.Rows("Where things are").Select(row => Readme.Code(row[0])!).Where(path => path.StartsWith("ExportHub/", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Every_file_and_heading_that_is_linked_is_there()
    {
        var headings = Heading().Matches(Readme.Text).Select(m => "#" + m.Groups["title"].Value.ToLowerInvariant().Replace(' ', '-')).ToList();

        Assert.All(Link().Matches(Readme.Text).Select(m => m.Groups["to"].Value), to =>
            Assert.True(to.StartsWith('#') ? headings.Contains(to) : File.Exists(Path.Combine(Repository.Root, to)), to));
    }

    private static string? Spell(object? value) => value switch
    {
        null or "" => null,
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        _ => TypeDescriptor.GetConverter(value).ConvertToInvariantString(value),
    };

    [GeneratedRegex("""new\("(?<code>[a-z_]+)", .*, (?<transient>true|false)\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex FailureCode();

    [GeneratedRegex("^##+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?<to>[^)]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
