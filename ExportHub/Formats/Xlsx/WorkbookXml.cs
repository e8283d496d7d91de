using System.Globalization;
using System.Security;
using System.Text;

namespace ExportHub.Formats.Xlsx;

/// <param name="FilterRange">Absolute, such as `$A$1:$B$4`; null for a sheet without autofilter.</param>
internal sealed record Sheet(string Name, string? FilterRange = null);

/// <summary>The parts of a workbook that are not sheets (ECMA-376 part 1, 12.3 and part 2).</summary>
internal static class WorkbookXml
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";

    public const string PackageRels =
        $"""
        {Declaration}<Relationships xmlns="{PackageRelationships}">
        <Relationship Id="rId1" Type="{Relationships}/officeDocument" Target="xl/workbook.xml"/>
        <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
        <Relationship Id="rId3" Type="{Relationships}/extended-properties" Target="docProps/app.xml"/>
        </Relationships>
        """;

    /// <summary>The list of sheets, and the hidden name (18.2.5) by which Excel knows the range of each autofilter.</summary>
    public static string Workbook(IReadOnlyList<Sheet> sheets)
    {
        var xml = new StringBuilder($"{Declaration}<workbook xmlns=\"{Main}\" xmlns:r=\"{Relationships}\"><bookViews><workbookView/></bookViews><sheets>");
        var names = new StringBuilder();
        for (var i = 0; i < sheets.Count; i++)
        {
            var name = SecurityElement.Escape(sheets[i].Name);
            xml.Append(CultureInfo.InvariantCulture, $"<sheet name=\"{name}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>");
            if (sheets[i].FilterRange is { } range)
            {
                names.Append(CultureInfo.InvariantCulture, $"<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{i}\" hidden=\"1\">");
                names.Append(CultureInfo.InvariantCulture, $"'{name.Replace("&apos;", "&apos;&apos;", StringComparison.Ordinal)}'!{range}</definedName>");
            }
        }

        return xml.Append("</sheets><definedNames>").Append(names).Append("</definedNames></workbook>").ToString();
    }

    public static string WorkbookRels(int sheets)
    {
        var xml = new StringBuilder($"{Declaration}<Relationships xmlns=\"{PackageRelationships}\">");
        for (var sheet = 1; sheet <= sheets; sheet++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Relationship Id=\"rId{sheet}\" Type=\"{Relationships}/worksheet\" Target=\"worksheets/sheet{sheet}.xml\"/>");
        }

        return xml.Append(CultureInfo.InvariantCulture, $"<Relationship Id=\"rId{sheets + 1}\" Type=\"{Relationships}/styles\" Target=\"styles.xml\"/></Relationships>").ToString();
    }

    /// <summary>Part 2, 10.1.2: what each part of the package is.</summary>
    public static string ContentTypes(int sheets)
    {
        const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        var xml = new StringBuilder($"{Declaration}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">");
        xml.Append("<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>");
        xml.Append("<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        xml.Append("<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>");
        xml.Append("<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>");
        xml.Append($"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Spreadsheet}.sheet.main+xml\"/>");
        xml.Append($"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Spreadsheet}.styles+xml\"/>");
        for (var sheet = 1; sheet <= sheets; sheet++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Override PartName=\"/xl/worksheets/sheet{sheet}.xml\" ContentType=\"{Spreadsheet}.worksheet+xml\"/>");
        }

        return xml.Append("</Types>").ToString();
    }
}
