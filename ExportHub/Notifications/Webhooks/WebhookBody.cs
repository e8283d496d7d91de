using ExportHub.Exports;
using ExportHub.Notifications.Mail;

namespace ExportHub.Notifications.Webhooks;

/// <summary>What a web hook is told: facts about a run, never rows of its data.</summary>
/// <param name="Id">The delivery's; the same when it is sent again.</param>
/// <param name="Kind">`ready`, `failed`, `held`, `paused`, `missed` or `test`.</param>
/// <param name="At">When it happened.</param>
/// <param name="Page">Where people look at it.</param>
internal sealed record WebhookBody(
    Guid Id, string Kind, DateTimeOffset At, WebhookSchedule? Schedule, WebhookOccurrence? Occurrence, WebhookExport? Export, string? Reason, string? Page)
{
    public static WebhookBody Of(DeliveryJob job, Export? export, MailOptions site) => new(
        job.Id,
        DeliveryStore.NameOf(job.News.Kind),
        job.MadeAt,
        new WebhookSchedule(job.News.ScheduleId, job.News.ScheduleName, job.News.Owner),
        job.News.DueAt is null && job.News.OccurrenceId is null ? null : new WebhookOccurrence(job.News.OccurrenceId, job.News.DueAt, job.News.TimeZone),
        export is null ? null : WebhookExport.Of(export, site),
        job.News.Reason,
        Address(job.News.Page, site));

    public static WebhookBody Test(Guid id, DateTimeOffset at) => new(id, "test", at, Schedule: null, Occurrence: null, Export: null, Reason: null, Page: null);

    /// <summary>A path where nobody has said what this site is called.</summary>
    public static string Address(string page, MailOptions site) => site.LinkTo(page) ?? page;
}

internal sealed record WebhookSchedule(Guid? Id, string Name, string Owner);

internal sealed record WebhookOccurrence(Guid? Id, DateTimeOffset? DueAt, string? TimeZone);

/// <param name="From">First instant of the period, as the criteria have it; null without one.</param>
/// <param name="To">First instant after it.</param>
/// <param name="Api">The status document.</param>
internal sealed record WebhookExport(
    Guid Id, string Dataset, string Format, string Status, long Rows, long Bytes, string? Sha256, string? FileName, string? From, string? To, string Page, string Api)
{
    public static WebhookExport Of(Export export, MailOptions site) => new(
        export.Id, export.Dataset.Name, export.Format, DeliveryStore.NameOf(export.Status), export.Rows, export.Bytes, export.Sha256, export.FileName, export.Criteria.DateRange?.From,
        export.Criteria.DateRange?.To, WebhookBody.Address($"/exports/{export.Id}", site), WebhookBody.Address($"/api/exports/{export.Id}", site));
}
