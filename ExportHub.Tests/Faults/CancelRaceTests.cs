using System.Net;
using System.Text.Json;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>A cancel and the completion of the export meet.</summary>
public sealed class CancelRaceTests(TestApp app, ITestOutputHelper output) : IClassFixture<TestApp>
{
    private static readonly int Races = FaultForm.Long ? 500 : 80;

    private readonly Random random = new(7);

    [Fact]
    public async Task A_canceled_export_has_no_file_and_a_completed_one_has_its_file()
    {
        // The first one compiles what the others run.
        var usual = await TimeOfOneAsync();
        usual = await TimeOfOneAsync();
        // Rather early than late, since exports become faster with use.
        var canceled = 0;
        for (var race = 0; race < Races; race += 4)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RaceAsync(usual * 2 * random.NextDouble() * random.NextDouble())));
            canceled += outcomes.Count(won => won);
        }

        output.WriteLine($"{Races} races, {canceled} won by the cancel, an export takes {usual.TotalMilliseconds:0} ms");
        Assert.InRange(canceled, Races / 20, Races - (Races / 20));
    }

    /// <summary>Whether the cancel won. What was answered to it is what happened.</summary>
    private async Task<bool> RaceAsync(TimeSpan cancelAfter)
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv" });
        await Task.Delay(cancelAfter);
        using var answer = await app.Client.PostAsync($"/api/exports/{id}/cancel", null);
        var document = await app.EndAsync(id);
        var canceled = answer.StatusCode == HttpStatusCode.Accepted;

        Assert.Equal(canceled ? "canceled" : "completed", document.GetProperty("status").GetString());
        Assert.Equal(canceled, document.GetProperty("download").ValueKind == JsonValueKind.Null);
        Assert.Equal(canceled ? 0 : 1, FilesOf(id));
        if (!canceled)
        {
            Assert.Equal(1000, RealData.Referee.Read("csv", await app.DownloadAsync(document)).Rows.Count);
        }

        return canceled;
    }

    /// <summary>Its file and its parts.</summary>
    private int FilesOf(Guid id) => Directory.EnumerateFiles(app.FilesFolder, "*", SearchOption.AllDirectories)
        .Count(file => Uri.UnescapeDataString(file).Contains($"{id}/", StringComparison.Ordinal));

    private async Task<TimeSpan> TimeOfOneAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        await app.ExportAsync(new { dataset = "orders", format = "csv" });
        return TimeProvider.System.GetElapsedTime(since);
    }
}
