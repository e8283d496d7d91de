using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ExportHub.Tests.Formats.Xlsx;

/// <summary>What Excel repairs or refuses although the schemas allow it: parts, names and numbers that do not fit each other.</summary>
internal static partial class ExcelRules
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static IReadOnlyList<string> Faults(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        var parts = archive.Entries.Select(entry => entry.FullName).ToList();
        List<string> faults =
        [
            .. Twice(parts, "part"), .. TypeFaults(parts, Load(archive, "[Content_Types].xml")), .. parts.Where(IsRels).SelectMany(part => RelsFaults(parts, part, Load(archive, part))),
        ];

        // What names a part that is not there cannot be followed.
        return faults.Count > 0 ? faults : WorkbookFaults(archive);
    }

    private static List<string> WorkbookFaults(ZipArchive archive)
    {
        var workbook = Load(archive, "xl/workbook.xml");
        var styles = Load(archive, "xl/styles.xml");
        var targets = Load(archive, "xl/_rels/workbook.xml.rels").Elements().ToDictionary(rel => (string)rel.Attribute("Id")!, rel => "xl/" + (string)rel.Attribute("Target")!);
        var sheets = workbook.Descendants(Main + "sheet").ToList();
        List<string> faults =
        [
            .. CountFaults(styles), .. NameFaults([.. sheets.Select(sheet => (string)sheet.Attribute("name")!)]),
            .. Twice(sheets.Select(sheet => (string)sheet.Attribute("sheetId")!), "sheetId"),
        ];
        var names = workbook.Descendants(Main + "definedName").ToLookup(name => (int)name.Attribute("localSheetId")!, name => name.Value);
        for (var i = 0; i < sheets.Count; i++)
        {
            using var xml = archive.GetEntry(targets[(string)sheets[i].Attribute(Relations + "id")!])!.Open();
            faults.AddRange(new SheetRules(xml, styles, active: i == 0, (string)sheets[i].Attribute("name")!, [.. names[i]]).Faults());
        }

        return faults;
    }

    private static XElement Load(ZipArchive archive, string part)
    {
        using var xml = archive.GetEntry(part)!.Open();
        return XElement.Load(xml);
    }

    private static bool IsRels(string part) => part.EndsWith(".rels", StringComparison.Ordinal);

    private static IEnumerable<string> Twice(IEnumerable<string> values, string what) =>
        from value in values
        group value by value.ToUpperInvariant() into same
        where same.Count() > 1
        select $"{what} {same.Key} is there {same.Count()} times";

    private static IEnumerable<string> TypeFaults(List<string> parts, XElement types)
    {
        var named = types.Elements(Types + "Override").Select(type => ((string)type.Attribute("PartName")!)[1..]).ToList();
        var extensions = types.Elements(Types + "Default").Select(type => "." + (string)type.Attribute("Extension")!).ToList();
        return
        [
            .. Twice(named, "content type of"),
            .. named.Except(parts).Select(part => $"content type of {part}, which is not there"),
            .. parts.Where(part => !named.Contains(part) && !extensions.Contains(Path.GetExtension(part))).Select(part => $"no content type of {part}"),
            .. parts.Where(part => part.StartsWith("xl/worksheets/", StringComparison.Ordinal)).Except(named).Select(part => $"no content type of {part}"),
        ];
    }

    private static IEnumerable<string> RelsFaults(List<string> parts, string part, XElement rels)
    {
        var folder = part[..part.IndexOf("_rels/", StringComparison.Ordinal)];
        return
        [
            .. Twice(rels.Elements(Packages + "Relationship").Select(rel => (string)rel.Attribute("Id")!), $"{part}: id"),
            .. rels.Elements().Select(rel => folder + (string)rel.Attribute("Target")!).Except(parts).Select(target => $"{part} names {target}, which is not there"),
        ];
    }

    private static IEnumerable<string> CountFaults(XElement styles)
    {
        var own = styles.Descendants(Main + "numFmt").Select(format => (int)format.Attribute("numFmtId")!).ToList();
        var fonts = styles.Element(Main + "fonts")!.Elements().Count();
        return
        [
            .. Twice(own.Select(id => $"{id}"), "number format"),
            .. styles.Elements().Where(list => list.Attribute("count") is { } count && (int)count != list.Elements().Count()).Select(list => $"{list.Name.LocalName} are miscounted"),
            .. styles.Descendants(Main + "xf").Select(style => (int)style.Attribute("numFmtId")!).Where(id => id >= 164 && !own.Contains(id)).Select(id => $"no number format {id}"),
            .. styles.Descendants(Main + "xf").Where(style => (int)style.Attribute("fontId")! >= fonts).Select(_ => "no such font"),
        ];
    }

    private static IEnumerable<string> NameFaults(IReadOnlyList<string> names) =>
    [
        .. Twice(names, "sheet"),
        .. names.Where(name => !SheetName().IsMatch(name) || name.Equals("History", StringComparison.OrdinalIgnoreCase)).Select(name => $"no name for a sheet: {name}"),
    ];

    [GeneratedRegex(@"\A(?!')[^\\/?*:\[\]\p{Cc}]{1,31}(?<!')\z")]
    private static partial Regex SheetName();
}
