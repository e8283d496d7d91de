using System.Globalization;
using System.Text;
using ExportHub.Formats.Compression;

namespace ExportHub.Formats.Xlsx;

/// <summary>The ZIP archive of a workbook, written from front to end: one part after the other, nothing is gone back to.</summary>
internal sealed class XlsxPackage(Stream output) : IAsyncDisposable
{
    private readonly ZipWriter zip = new(output);

    /// <summary>Begins with the parts that say what it is, so that programs know it by its first bytes.</summary>
    public async ValueTask StartAsync(FileAbout about, CancellationToken cancel)
    {
        await AddAsync("_rels/.rels", WorkbookXml.PackageRels, cancel);
        await AddAsync("docProps/core.xml", PropertiesXml.Core(about), cancel);
        await AddAsync("docProps/app.xml", PropertiesXml.App, cancel);
        await AddAsync("xl/styles.xml", CellStyles.Xml, cancel);
    }

    /// <summary>The stream of the next sheet; it takes the place of the sheet before it.</summary>
    public ValueTask<Stream> OpenSheetAsync(int number, CancellationToken cancel) =>
        zip.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{number}.xml"), large: false, cancel);

    public async ValueTask FinishAsync(IReadOnlyList<Sheet> sheets, CancellationToken cancel)
    {
        await AddAsync("xl/workbook.xml", WorkbookXml.Workbook(sheets), cancel);
        await AddAsync("xl/_rels/workbook.xml.rels", WorkbookXml.WorkbookRels(sheets.Count), cancel);
        await AddAsync("[Content_Types].xml", WorkbookXml.ContentTypes(sheets.Count), cancel);
        await zip.FinishAsync(cancel);
    }

    public ValueTask DisposeAsync() => zip.DisposeAsync();

    private async ValueTask AddAsync(string name, string content, CancellationToken cancel)
    {
        var part = await zip.OpenAsync(name, large: false, cancel);
        await part.WriteAsync(Encoding.UTF8.GetBytes(content), cancel);
    }
}
