using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Formats;
using ExportHub.Formats.Shown;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Exports;

/// <summary>Tells before an export what it will come to. Each part has the same end of its time, and what is not ready by then is left out.</summary>
internal sealed class PreflightExport(
    RequestCheck check, SampleSource source, PreflightSample samples, PreflightRoom room, PreflightAudit audit, IOptions<ExportsOptions> options, TimeProvider time)
    : IDisposable
{
    // A cell is to be looked at, not to be read.
    private const int LongestText = 500;

    private readonly SemaphoreSlim places = new(options.Value.Previews);

    /// <summary>Either the one or the other is null. A refusal is what the request for the export itself would be answered with.</summary>
    public async Task<(Preflight? Preview, RequestOutcome? Refusal)> LookAsync(ExportRequest request, Viewer by, CancellationToken cancel)
    {
        var (settled, refusal) = await check.SettleAsync(request, by, cancel);
        if (settled is null)
        {
            return (null, refusal);
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(settled.Criteria.TimeZone);
        var asked = new Asked(settled.Dataset, settled.Criteria, settled.Settings with { TimeZone = zone }, request.Options ?? new(), by.Name);
        var deadline = new Deadline(options.Value.PreviewTime, time);
        // What is shown is on record before it is shown.
        await audit.LookAsync(asked.Dataset, asked.Criteria, cancel);
        var mayLook = await places.WaitAsync(deadline.Left, cancel);
        try
        {
            return (await TellAsync(asked, deadline, mayLook, cancel), null);
        }
        finally
        {
            if (mayLook)
            {
                places.Release();
            }
        }
    }

    public void Dispose() => places.Dispose();

    private async Task<Preflight> TellAsync(Asked asked, Deadline deadline, bool mayLook, CancellationToken cancel)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var counting = mayLook ? deadline.TryAsync(async (patience, stop) => (long?)await source.CountAsync(asked.Dataset, asked.Criteria, patience, stop), IsNoAnswer, enough.Token) : NothingAsync<long?>();
        var refusing = deadline.TryAsync(async (_, stop) => new Answer(await room.RefusalAsync(asked, stop)), IsNoAnswer, cancel);
        var sharing = deadline.TryAsync((_, stop) => room.QuotaAsync(asked.By, stop), IsNoAnswer, cancel);
        var pacing = deadline.TryAsync(async (_, stop) => ((double? PerRow, double? Least)?)await room.PaceAsync(asked, stop), IsNoAnswer, cancel);
        var first = mayLook ? await deadline.TryAsync((patience, stop) => samples.FirstAsync(asked, patience, stop), IsNoAnswer, cancel) : null;
        if (first is { IsWhole: true })
        {
            await enough.CancelAsync();
        }

        var counted = await counting;
        cancel.ThrowIfCancellationRequested();
        var measure = new PreflightMeasure(asked, first, null, counted, first?.Planned);
        if (first is { IsWhole: false } && measure.Rows > 2 * first.Rows)
        {
            var spread = await deadline.TryAsync((patience, stop) => samples.SpreadAsync(asked, measure.Rows.Value, patience, stop), IsNoAnswer, cancel);
            measure = measure with { Spread = spread };
        }

        var quota = await sharing;
        return Tell(measure, quota?.Invoke(measure.Bytes), await refusing, await pacing);
    }

    private static Preflight Tell(PreflightMeasure measure, PreflightQuota? quota, Answer? refusal, (double? PerRow, double? Least)? pace)
    {
        var (asked, first) = (measure.Asked, measure.First);
        var hasHeader = ShownRows.HasHeader(asked.Settings.Format);
        var columns = asked.Criteria.Columns.Select((name, i) => new PreflightColumn(
            name, asked.Dataset.Has(name).Title, hasHeader ? asked.Settings.HeaderTitles ? asked.Dataset.Has(name).Title : name : name));
        string?[] missing =
        [
            first is null ? "rows" : null, measure.RowsAreExact ? null : "count", quota is null || refusal is null ? "quota" : null,
        ];
        return new Preflight(
            [.. columns],
            first?.Shown.Skip(hasHeader ? 1 : 0).Select(row => (IReadOnlyList<string>)[.. row.Select(Short)]).ToList(),
            new PreflightSize(measure.Rows, measure.RowsAreExact, measure.Bytes, measure.Seconds(pace?.PerRow, pace?.Least), measure.Doubt is null, measure.Doubt),
            measure.Excel(),
            first is null ? null : Remarks.Sentences(measure.Remarks),
            first is null ? null : first.Rows + (measure.Spread?.Rows ?? 0),
            quota,
            refusal?.Refusal,
            [.. missing.OfType<string>()]);
    }

    private static string Short(string text) => text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)] + "…";

    private static Task<T?> NothingAsync<T>() => Task.FromResult<T?>(default);

    /// <summary>The export itself will say what is wrong; a preview has to do without.</summary>
    private static bool IsNoAnswer(Exception fault) =>
        fault is NpgsqlException or TimeoutException or OperationCanceledException or DatasetChangedException or DatasetMovedException;

    private sealed record Answer(PreflightRefusal? Refusal);
}
