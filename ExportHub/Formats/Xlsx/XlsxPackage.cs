using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ExportHub.Formats.Xlsx;

/// <summary>The ZIP archive of a workbook, written from front to end: one part after the other, nothing is gone back to.</summary>
internal sealed class XlsxPackage(Stream output) : IAsyncDisposable
{
    // ZIP knows no time before this one; the same rows make the same file.
    private static readonly DateTimeOffset Timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Gate gate = new(output);
    private ZipArchive? archive;
    private Stream? sheet;

    /// <summary>Opens the archive with the parts that say what it is, so that programs know it by its first bytes.</summary>
    public async ValueTask StartAsync(FileAbout about, CancellationToken cancel)
    {
        archive = await ZipArchive.CreateAsync(gate, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancel);
        await AddAsync("_rels/.rels", WorkbookXml.PackageRels, cancel);
        await AddAsync("docProps/core.xml", PropertiesXml.Core(about), cancel);
        await AddAsync("docProps/app.xml", PropertiesXml.App, cancel);
        await AddAsync("xl/styles.xml", CellStyles.Xml, cancel);
    }

    /// <summary>The stream of the next sheet; it takes the place of the sheet before it.</summary>
    public async ValueTask<Stream> OpenSheetAsync(int number, CancellationToken cancel)
    {
        await CloseSheetAsync();
        return sheet = await OpenAsync(string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{number}.xml"), cancel);
    }

    public async ValueTask FinishAsync(IReadOnlyList<Sheet> sheets, CancellationToken cancel)
    {
        await CloseSheetAsync();
        await AddAsync("xl/workbook.xml", WorkbookXml.Workbook(sheets), cancel);
        await AddAsync("xl/_rels/workbook.xml.rels", WorkbookXml.WorkbookRels(sheets.Count), cancel);
        await AddAsync("[Content_Types].xml", WorkbookXml.ContentTypes(sheets.Count), cancel);
        await Opened.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        gate.Shut();
        await CloseSheetAsync();
        if (archive is not null)
        {
            await archive.DisposeAsync();
        }

        await gate.DisposeAsync();
    }

    private ZipArchive Opened => archive ?? throw new InvalidOperationException("The package was not started.");

    private async ValueTask AddAsync(string name, string content, CancellationToken cancel)
    {
        await using var part = await OpenAsync(name, cancel);
        await part.WriteAsync(Encoding.UTF8.GetBytes(content), cancel);
    }

    private async ValueTask<Stream> OpenAsync(string name, CancellationToken cancel)
    {
        var entry = Opened.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Timestamp;
        return await entry.OpenAsync(cancel);
    }

    private async ValueTask CloseSheetAsync()
    {
        if (sheet is not null)
        {
            await sheet.DisposeAsync();
            sheet = null;
        }
    }
}
