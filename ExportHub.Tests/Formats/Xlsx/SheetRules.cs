using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ExportHub.Tests.Formats.Xlsx;

/// <summary>The part of <see cref="ExcelRules"/> that looks into one sheet.</summary>
/// <param name="filterNames">What the workbook has as _xlnm._FilterDatabase of the sheet.</param>
internal sealed partial class SheetRules(Stream xml, XElement styles, bool active, string name, IReadOnlyList<string> filterNames)
{
    private const int MostRows = 1_048_576;
    private const int MostColumns = 16_384;
    private const int MostUnits = 32_767;
    private const double DayAfterTheLast = 2_958_466;

    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XName Space = XNamespace.Xml + "space";

    private readonly List<string> faults = [];
    private readonly bool[] dates = DateStyles(styles);
    private int columns;
    private int rows;
    private string? filter;

    public IReadOnlyList<string> Faults()
    {
        using (var reader = XmlReader.Create(xml))
        {
            while (!reader.EOF)
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "sheetView" or "col" or "row" or "autoFilter" })
                {
                    Check((XElement)XNode.ReadFrom(reader));
                }
                else
                {
                    reader.Read();
                }
            }
        }

        var expected = filter is null ? [] : new[] { $"'{name.Replace("'", "''", StringComparison.Ordinal)}'!{Corner().Replace(filter, "$$$1$$$2")}" };
        Demand(filterNames.SequenceEqual(expected), $"the name of the filter {filter}");
        Demand(filter is null || filter.EndsWith(string.Create(CultureInfo.InvariantCulture, $"{rows}"), StringComparison.Ordinal), $"the end of the filter {filter}");
        Demand(rows <= MostRows, "rows");
        return faults;
    }

    private void Check(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "sheetView":
                Demand((string?)element.Attribute("tabSelected") == (active ? "1" : null), "the first sheet alone is selected");
                break;
            case "col":
                var (min, max) = ((int)element.Attribute("min")!, (int)element.Attribute("max")!);
                Demand(min > columns && max >= min && max <= MostColumns && (double)element.Attribute("width")! is > 0 and <= 255, $"column {min}");
                columns = max;
                break;
            case "row":
                CheckRow(element);
                rows++;
                break;
            default:
                filter = (string)element.Attribute("ref")!;
                break;
        }
    }

    private void CheckRow(XElement row)
    {
        var cells = row.Elements(Main + "c").ToList();
        Demand(cells.Count <= MostColumns && cells.Count == row.Elements().Count(), "cells of a row");
        foreach (var cell in cells)
        {
            var style = (int?)cell.Attribute("s") ?? 0;
            Demand(style < dates.Length, $"style {style}");
            CheckCell((string?)cell.Attribute("t"), cell, style < dates.Length && dates[style]);
        }
    }

    private void CheckCell(string? type, XElement cell, bool date)
    {
        var value = (string?)cell.Element(Main + "v");
        switch (type)
        {
            case "inlineStr":
                CheckText(cell.Element(Main + "is")!.Element(Main + "t")!);
                Demand(value is null, "a text with a value");
                break;
            case "b":
                Demand(value is "0" or "1", $"boolean {value}");
                break;
            case null when value is not null:
                var number = double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);
                Demand(double.IsFinite(number) && (!date || number is >= 0 and < DayAfterTheLast), $"number {value}");
                break;
            default:
                Demand(type is null && !cell.HasElements, $"cell of type {type}");
                break;
        }
    }

    private void CheckText(XElement text)
    {
        var read = Escape().Replace(text.Value, match => $"{(char)Convert.ToInt32(match.Groups["code"].Value, 16)}");
        Demand(read.Length <= MostUnits, $"a text of {read.Length}");
        Demand(text.Value.Length == 0 || !(XmlConvert.IsWhitespaceChar(text.Value[0]) || XmlConvert.IsWhitespaceChar(text.Value[^1])) || (string?)text.Attribute(Space) == "preserve", "white space is lost");
    }

    private void Demand(bool met, string what)
    {
        if (!met)
        {
            faults.Add($"{name}: {what}");
        }
    }

    private static bool[] DateStyles(XElement styles)
    {
        var codes = styles.Descendants(Main + "numFmt").ToDictionary(format => (int)format.Attribute("numFmtId")!, format => (string)format.Attribute("formatCode")!);
        return [.. styles.Element(Main + "cellXfs")!.Elements().Select(style => codes.GetValueOrDefault((int)style.Attribute("numFmtId")!, "").Contains("ss", StringComparison.Ordinal))];
    }

    [GeneratedRegex("_x(?<code>[0-9A-Fa-f]{4})_", RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();

    [GeneratedRegex("([A-Z]+)([0-9]+)")]
    private static partial Regex Corner();
}
