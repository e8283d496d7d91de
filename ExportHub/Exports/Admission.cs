using ExportHub.Files;
using ExportHub.Language;
using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>Decides before an export is stored whether there is room for it, so that nobody waits for a failure.</summary>
internal sealed class Admission(
    IFileStore files, ForecastStore forecasts, ServiceModeStore modes, PersonalTerms terms, IOptions<FilesOptions> fileOptions)
{
    // Estimates are off by as much.
    private const double Slack = 1.5;

    /// <summary>Null when the export is welcome.</summary>
    public async Task<RequestOutcome?> RefuseAsync(string requestedBy, ExportForecast forecast, CancellationToken cancel)
    {
        if ((await modes.ReadAsync(cancel)).IntakePaused)
        {
            return new RequestOutcome.Paused();
        }

        var (coming, ofPerson) = await forecasts.BytesAsync(requestedBy, cancel);
        return (RequestOutcome?)RefuseQuota(ofPerson, forecast.Bytes ?? 0, await terms.QuotaAsync(requestedBy, cancel)) ?? await RefuseRoomAsync(coming, forecast.Bytes ?? 0, cancel);
    }

    private static RequestOutcome.QuotaReached? RefuseQuota(long ofPerson, long bytes, long? most) =>
        most is { } quota && ofPerson + bytes > quota
            ? new(Text.Of(
                "Your files would take {0}, and {1} is what one person may have. Room comes free when older files expire; a narrower date range or fewer columns make a smaller file.",
                Size(ofPerson + bytes),
                Size(quota)))
            : null;

    private async Task<RequestOutcome?> RefuseRoomAsync(long coming, long bytes, CancellationToken cancel)
    {
        var needed = ((coming + bytes) * Slack) + fileOptions.Value.ReserveBytes;
        return fileOptions.Value.RefuseWithoutRoom && await files.FreeBytesAsync(cancel) is { } free && free < needed
            ? new RequestOutcome.NoRoom(Text.Of(
                "This file would take about {0}, and there is not enough room left where files are kept. A smaller export may fit; an administrator can free space.", Size(bytes)))
            : null;
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(Text.Culture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(Text.Culture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(Text.Culture, $"{bytes / 1e9:0.##} GB"),
    };
}
