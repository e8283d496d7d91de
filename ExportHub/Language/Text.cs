using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace ExportHub.Language;

/// <summary>
/// What people read, in their language: <see cref="CultureInfo.CurrentUICulture"/>, which the pages take from the reader's choice or browser. The English sentence
/// is the key; `Text.{language}.resx` holds the others. Everything that is no page, such as the API, logs, receipts and jobs, speaks English.
/// </summary>
internal static class Text
{
    /// <summary>The languages there are; the first is what a reader of none of them gets.</summary>
    public static readonly IReadOnlyList<CultureInfo> Languages = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("de")];

    private static readonly ResourceManager Translations = new(typeof(Text));

    private static readonly ConcurrentDictionary<string, Recollection> Recollections = new(StringComparer.Ordinal);

    /// <summary>How numbers and dates are written for the reader.</summary>
    public static CultureInfo Culture => Languages.FirstOrDefault(language => language.Name == CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? Languages[0];

    /// <summary>The sentence in the language of the reader, in English where it has no translation.</summary>
    public static string Of(string english) => Culture == Languages[0] ? english : Find(english) ?? english;

    /// <summary>The sentence with `{0}` and so on filled in, numbers and dates as the reader writes them.</summary>
    public static string Of(string english, params ReadOnlySpan<object?> values) => string.Format(Culture, Of(english), values);

    /// <summary>
    /// A sentence that was made in English, because it is stored, kept for several readers or from a room that speaks English only: in the language of the reader
    /// if it is a key, or a key with its placeholders filled in.
    /// </summary>
    public static string Recall(string english) => Culture == Languages[0] ? english
        : Find(english) ?? Recollections.GetOrAdd(Culture.Name, _ => new Recollection(KnownIn(Culture))).Of(english) ?? english;

    /// <summary>A resource does not tell capitals from small letters, so a word that begins with a small one is also found for where it begins a sentence.</summary>
    private static string? Find(string english) => Translations.GetString(english, Culture)
        ?? (english.Length > 0 && char.IsUpper(english[0]) && Translations.GetString(char.ToLowerInvariant(english[0]) + english[1..], Culture) is { } small
            ? char.ToUpper(small[0], Culture) + small[1..]
            : null);

    /// <summary>Every key that has a sentence in a language, with that sentence.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> KnownIn(CultureInfo culture) =>
        from DictionaryEntry entry in Translations.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
        select KeyValuePair.Create((string)entry.Key, (string)entry.Value!);
}
