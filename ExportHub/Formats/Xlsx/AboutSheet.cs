using System.Globalization;
using System.Text;

namespace ExportHub.Formats.Xlsx;

/// <summary>The last sheet of a workbook: what the rows are, what was asked for, and what had to be written otherwise.</summary>
internal static class AboutSheet
{
    private const string Head =
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="1" max="1" width="16" customWidth="1"/><col min="2" max="2" width="100" customWidth="1"/></cols><sheetData>
        """;

    /// <summary>Writes the whole sheet. Texts of any length and content are allowed.</summary>
    public static void Write(FileAbout about, WriterReport report, FileBuffer to)
    {
        to.Write(Encoding.UTF8.GetBytes(Head));
        var sheet = new Rows(to);
        sheet.Add("Title", about.Title);
        sheet.Add("Rows", report.Rows);
        var label = "Remarks";
        foreach (var sentence in about.Sentences(report))
        {
            sheet.Add(label, sentence);
            label = "";
        }

        foreach (var fact in about.Facts)
        {
            sheet.Add(fact.Label, fact.Text);
        }

        to.Write("</sheetData></worksheet>"u8);
    }

    /// <summary>A label and what it stands for in each row.</summary>
    private readonly struct Rows(FileBuffer to)
    {
        private static readonly FileColumn Column = new("about", SheetNames.About, CellType.Text);

        // Nobody is told of a remark about the remarks.
        private static readonly TextCell Label = new(new Remarks(), Column, CellStyles.Bold);
        private static readonly TextCell Text = new(new Remarks(), Column, CellStyles.Wrapped);

        public void Add(string label, string text)
        {
            to.Write("<row>"u8);
            Label.Write(Encoding.UTF8.GetBytes(label), to);
            Text.Write(Encoding.UTF8.GetBytes(text), to);
            to.Write("</row>"u8);
        }

        public void Add(string label, long number)
        {
            to.Write("<row>"u8);
            Label.Write(Encoding.UTF8.GetBytes(label), to);
            to.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<c s=\"{CellStyles.Count}\"><v>{number}</v></c></row>")));
        }
    }
}
