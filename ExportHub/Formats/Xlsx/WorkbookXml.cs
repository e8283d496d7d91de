using System.Globalization;
using System.Text;

namespace ExportHub.Formats.Xlsx;

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

    public const string Core =
        $"""
        {Declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>ExportHub</dc:creator></cp:coreProperties>
        """;

    public const string App =
        $"""
        {Declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>ExportHub</Application></Properties>
        """;

    /// <summary>Cell formats by their number (18.8.10 cellXfs): 0 plain, 1 header, 2 date, 3 date and time, 4 time that may be 24:00:00.</summary>
    public const string Styles =
        $"""
        {Declaration}<styleSheet xmlns="{Main}">
        <numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="[hh]:mm:ss"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
        </styleSheet>
        """;

    /// <summary>`Data`, `Data 2`, `Data 3`, …</summary>
    public static string SheetName(int sheet) => sheet == 1 ? "Data" : string.Create(CultureInfo.InvariantCulture, $"Data {sheet}");

    /// <summary>The list of sheets, and the hidden name (18.2.5) by which Excel knows the range of each autofilter.</summary>
    public static string Workbook(int columns, IReadOnlyList<int> rowsOfSheets)
    {
        var xml = new StringBuilder($"{Declaration}<workbook xmlns=\"{Main}\" xmlns:r=\"{Relationships}\"><bookViews><workbookView/></bookViews><sheets>");
        for (var sheet = 1; sheet <= rowsOfSheets.Count; sheet++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<sheet name=\"{SheetName(sheet)}\" sheetId=\"{sheet}\" r:id=\"rId{sheet}\"/>");
        }

        xml.Append("</sheets><definedNames>");
        for (var sheet = 1; sheet <= rowsOfSheets.Count; sheet++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{sheet - 1}\" hidden=\"1\">");
            xml.Append(CultureInfo.InvariantCulture, $"'{SheetName(sheet)}'!$A$1:${SheetXml.ColumnLetters(columns)}${rowsOfSheets[sheet - 1]}</definedName>");
        }

        return xml.Append("</definedNames></workbook>").ToString();
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
