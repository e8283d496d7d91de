using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Schedules;
using ExportHub.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Pages.Schedules;

/// <summary>A schedule that is not due for a long time: the test says what its runs came to, so that nothing races.</summary>
internal sealed class StagedSchedule(TestApp app, Guid id)
{
    public Guid Id => id;

    public string Address => $"/schedules/{id}";

    /// <summary>Daily at 06:30 in Berlin, the administrator's.</summary>
    public static async Task<StagedSchedule> AddAsync(TestApp app, string name, string? relative = "previous_month")
    {
        var draft = new ScheduleDraft
        {
            Name = name,
            Request = new ExportRequest { Dataset = "orders", Format = "csv", DateRange = relative is null ? null : new DateRangeRequest { Relative = relative } },
            Timing = new Timing { Kind = TimingKind.Daily, At = "06:30" },
            TimeZone = "Europe/Berlin",
        };
        var saved = Assert.IsType<ScheduleOutcome.Saved>(await app.Services.GetRequiredService<SaveSchedule>().AddAsync(draft, new Viewer(FirstAdministrator.Name, SeesAll: true), default));
        var schedule = new StagedSchedule(app, saved.Id);
        await schedule.SetAsync("next_at = '2099-01-01T05:30Z'");
        return schedule;
    }

    public Task SetAsync(string changes) => app.Database.ExecuteAsync($"UPDATE exporthub.schedule SET {changes} WHERE id = '{id}'");

    /// <summary>A run that has an export with a file.</summary>
    public async Task<Guid> RunAsync(string due, string status, string? reason = null)
    {
        var export = await StagedExport.QueuedAsync(app);
        await export.CompletedAsync();
        var run = await AddRunAsync(due, status, reason, export.Id);
        await export.SetAsync($"occurrence_id = '{run}'");
        return run;
    }

    public async Task<Guid> AddRunAsync(string due, string status, string? reason = null, Guid? export = null)
    {
        var run = Guid.CreateVersion7();
        await app.Database.ExecuteAsync($"""
            INSERT INTO exporthub.occurrence (id, schedule_id, due_at, status, reason, export_id, try_at, settled_at)
            VALUES ('{run}', '{id}', '{due}', '{status}', {(reason is null ? "NULL" : $"'{reason}'")}, {(export is null ? "NULL" : $"'{export}'")}, now() + interval '1 year',
                {(status is "waiting" or "running" or "held" ? "NULL" : "now()")})
            """);
        return run;
    }
}
