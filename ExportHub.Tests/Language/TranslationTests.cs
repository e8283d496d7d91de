using System.Globalization;
using System.Text.RegularExpressions;
using ExportHub.Language;

namespace ExportHub.Tests.Language;

/// <summary>The source is what counts: whatever it says to people has a German sentence, and there is none that nobody says.</summary>
public sealed partial class TranslationTests
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    /// <summary>They take a key that somebody else has said.</summary>
    private static readonly string[] HandingOn = ["ExportHub/Language/Text.cs", "ExportHub/Pages/Parts/Sentence.razor", "ExportHub/Pages/Words/Marked.cs"];

    /// <summary>Their sentences are stored, kept for several readers or written by a room without words, and recalled where they are shown.</summary>
    private static readonly string[] Recalled =
    [
        "ExportHub/Access/Attributes.cs", "ExportHub/Access/External/ExternalPerson.cs", "ExportHub/Access/External/SignInFault.cs", "ExportHub/Access/People.cs",
        "ExportHub/Exports/ExportWarnings.cs", "ExportHub/Exports/Failure.cs", "ExportHub/Files/StorageFaults.cs", "ExportHub/Formats/Remarks.cs",
    ];

    /// <summary>Said by the framework: ASP.NET Core Identity.</summary>
    private static readonly string[] Foreign =
        ["Incorrect password.", "Passwords must be at least {0} characters.", "Username '{0}' is invalid, can only contain letters or digits."];

    private static readonly Dictionary<string, string> Known = Text.KnownIn(German).ToDictionary(StringComparer.Ordinal);

    [Fact]
    public void Whatever_is_said_has_a_German_sentence()
    {
        var missing = (from said in SpokenSource.OfServer() from key in said.Keys where !IsKnown(key) select $"{said.Path}: {key}").Distinct().ToList();

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void A_key_stands_in_the_source_where_it_is_said()
    {
        var dynamic = from said in SpokenSource.OfServer() where said.Keys.Count == 0 && !HandingOn.Contains(said.Path) select said.Path;

        Assert.Empty(dynamic);
    }

    [Fact]
    public void What_is_stored_in_English_can_be_said_in_German()
    {
        var missing = from path in Recalled
                      from sentence in Literals.Of(SpokenSource.Read(path))
                      where Literals.IsSentence(sentence) && !Known.ContainsKey(sentence)
                      select $"{path}: {sentence}";

        Assert.Empty(missing);
    }

    [Fact]
    public void A_translation_has_the_same_placeholders()
    {
        var differing = from pair in Known where !Placeholders(pair.Key).SequenceEqual(Placeholders(pair.Value)) select pair.Key;

        Assert.Empty(differing);
    }

    [Fact]
    public void No_translation_is_left_that_nobody_says()
    {
        var said = SpokenSource.OfServer().SelectMany(place => place.Keys).ToHashSet(StringComparer.Ordinal);
        var sources = SpokenSource.Files("ExportHub", ".cs").Select(SpokenSource.Read).ToList();
        var written = sources.SelectMany(Literals.Of).ToHashSet(StringComparer.Ordinal);
        var unused = from key in Known.Keys
                     where !said.Contains(key) && !written.Contains(key) && !Foreign.Contains(key)
                     where !sources.Exists(source => source.Contains(key, StringComparison.Ordinal))
                     select key;

        Assert.Empty(unused);
    }

    [Fact]
    public void The_scripts_have_German_for_whatever_they_say_and_no_more()
    {
        var said = SpokenSource.OfScripts().SelectMany(place => place.Keys).ToHashSet(StringComparer.Ordinal);
        var known = Entry().Matches(SpokenSource.Read("wwwroot/words.de.js")).ToDictionary(match => match.Groups["key"].Value, match => match.Groups["german"].Value);

        Assert.Empty(said.Except(known.Keys));
        Assert.Empty(known.Keys.Except(said));
        Assert.All(known, pair => Assert.Equal(Placeholders(pair.Key), Placeholders(pair.Value)));
    }

    private static bool IsKnown(string key) => Known.ContainsKey(key) || Known.ContainsKey(char.ToLowerInvariant(key[0]) + key[1..]);

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^  '(?<key>[^']+)':\s+'(?<german>[^']+)',$", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
