using System.Globalization;
using System.Security;
using System.Text;

namespace ExportHub.Formats.Xlsx;

/// <summary>The properties of a document, which file managers and spreadsheets show: parts `core.xml` (ECMA-376 part 2, 11) and `app.xml` (part 1, 22.2).</summary>
internal static class PropertiesXml
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    public const string App =
        $"""
        {Declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>ExportHub</Application></Properties>
        """;

    public static string Core(FileAbout about)
    {
        var created = about.AsOf.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var facts = about.Facts.Select(fact => fact.Label.Length == 0 ? fact.Text : $"{fact.Label}: {fact.Text}");
        return
            $"""
            {Declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <dc:title>{Text(about.Title)}</dc:title><dc:creator>ExportHub</dc:creator><dc:description>{Text(string.Join('\n', facts))}</dc:description>
            <dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created></cp:coreProperties>
            """;
    }

    /// <summary>Here nothing is written `_xHHHH_`: what XML cannot hold becomes U+FFFD.</summary>
    private static string Text(string text)
    {
        var allowed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            allowed.Append(rune.Value is (< ' ' and not ('\t' or '\n')) or 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune);
        }

        return SecurityElement.Escape(allowed.ToString());
    }
}
