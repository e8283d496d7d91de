using System.Security.Cryptography;
using System.Text.Json;
using ExportHub.Tests.RealData;

namespace ExportHub.Tests.Faults;

/// <summary>What a file must be to the byte: a run without damage made it.</summary>
internal sealed record WholeFile(string Format, long Rows, string Sha256)
{
    public static async Task<WholeFile> OfAsync(TestApp app, string dataset, string format) =>
        Of(format, await app.ExportAsync(new { dataset, format }));

    public static WholeFile Of(string format, JsonElement document)
    {
        Assert.True(document.Text("status") == "completed", document.ToString());
        var download = document.GetProperty("download");
        return new(format, download.GetProperty("rows").GetInt64(), download.Text("sha256"));
    }

    /// <summary>Completed, the same to the byte, and readable by who did not write it.</summary>
    public async Task AssertSameAsync(TestApp app, JsonElement document)
    {
        Assert.True(document.Text("status") == "completed", document.ToString());
        var file = await app.DownloadAsync(document);
        Assert.Equal(Sha256, Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.Equal(Sha256, document.GetProperty("download").Text("sha256"));
        Assert.Equal(Rows, document.GetProperty("download").GetProperty("rows").GetInt64());
        Assert.Equal(Rows, Referee.Read(Format, file).Rows.Count);
    }
}
