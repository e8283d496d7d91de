using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Datasets;
using ExportHub.Tests.Pages.Schedules;
using Microsoft.Playwright;

namespace ExportHub.Tests.Browser;

/// <summary>Every page in every state that looks different, with the longest words that may stand there.</summary>
internal static class EveryPage
{
    private const string LongWord = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft";

    private static readonly string LimitedHash = new('c', 64);

    private static readonly Criteria Everything = new()
    {
        Columns = ["id", "ordered_at", "customer", "amount", "status", "due_on", "note"],
        TimeZone = "Europe/Berlin",
        DateRange = new("ordered_at", "2026-01-01T00:00:00+01:00", "2026-02-01T00:00:00+01:00"),
        Filters =
        [
            new("status", "in", ["paid", "shipped"]),
            new("amount", "between", ["100", "1000000000000"]),
            new("ordered_at", "between", ["2026-01-01T08:30:00+01:00", "2026-01-31T17:15:00+01:00"]),
            new("customer", "eq", [LongWord]),
            new("note", "isNotNull", []),
        ],
        Sort = [new("amount", Descending: true), new("customer")],
        Limit = 500_000,
    };

    /// <summary>Name and the way there; the last is what a form that is wrong looks like.</summary>
    public static async Task<IReadOnlyList<(string Name, Func<Visitor, Task> Go)>> StageAsync(TestApp app)
    {
        var queued = await StagedExport.QueuedAsync(app, Everything);
        var waiting = await StagedExport.QueuedAsync(app);
        await waiting.SetAsync("""
            due_at = now() + interval '1 day', attempt = 1, attempts_left = 2, error_code = 'source_unavailable', error_message = 'The database did not answer.'
            """);
        var running = await StagedExport.QueuedAsync(app, Everything);
        await running.RunningAsync(rows: 184_000, total: 412_345, attempt: 2);
        var counting = await StagedExport.QueuedAsync(app);
        await counting.CountingAsync(rows: 184_000);
        var canceling = await StagedExport.QueuedAsync(app);
        await canceling.RunningAsync(rows: 10, total: 100);
        await canceling.SetAsync("cancel_requested = true");
        var completed = await StagedExport.QueuedAsync(app, Everything);
        await completed.CompletedAsync("""["12 texts were longer than a cell can hold and were cut after 32,767 characters.", "The date 0044-03-15 stands as text."]""", LongWord + ".csv.gz");
        await completed.SetAsync($$$"""
            receipt = '{"options": {"formulaGuard": false}, "remarks": [{"kind": "numberAsText", "column": "{{{LongWord}}}", "cells": 1203}], "parts": [],
                "versions": {"exportHub": "1", "dotNet": "10", "postgreSql": "16"}}'
            """);
        var limited = await StagedExport.QueuedAsync(app, Everything);
        await limited.CompletedAsync(fileName: "limited.csv");
        await limited.SetAsync($"selected_rows = 1284332, sha256 = '{LimitedHash}', requested_by = '{LongWord}', kept_at = now(), kept_by = '{LongWord}'");
        var failed = await StagedExport.QueuedAsync(app, Everything, LongWord);
        await failed.FailedAsync($"The column {LongWord} is no longer there, so the file could not be written. Choose the columns again.");
        var canceled = await StagedExport.QueuedAsync(app);
        await canceled.CanceledAsync();
        var expired = await StagedExport.QueuedAsync(app);
        await expired.ExpiredAsync();
        var deleted = await StagedExport.QueuedAsync(app);
        await deleted.ExpiredAsync();
        await deleted.SetAsync("deleted_at = expires_at");
        await StageOperationsAsync(app);
        var template = await StageTemplateAsync(app);
        var (target, received) = await StageDeliveriesAsync(app, completed.Id);
        var (troubled, paused) = await StageSchedulesAsync(app);

        return
        [
            At("home", "/"),
            At("request", "/request/orders"),
            ("request-preview", PreviewAsync),
            At("request-full", $"/request/orders?from={queued.Id}"),
            At("request-groups", "/request/orders?filter=status in paid&anyA=id gt 100&anyA=note eq x&anyB=customer in one|two&anyB=due_on isNull&period=previous_month&colour=red"),
            At("request-broken", "/request/lost"),
            At("history", "/exports"),
            At("history-nothing", "/exports?dataset=orders&status=expired&before=00000000-0000-7000-8000-000000000000"),
            At("history-wrong", $"/exports?from={LongWord}&to=2026-02-30&q={LongWord}&person={LongWord}"),
            At("status-queued", queued.Address),
            At("status-waiting", waiting.Address),
            At("status-running", running.Address),
            At("status-counting", counting.Address),
            At("status-canceling", canceling.Address),
            At("status-completed", completed.Address),
            At("status-limited", limited.Address),
            At("status-failed", failed.Address),
            At("status-canceled", canceled.Address),
            At("status-expired", expired.Address),
            At("status-deleted", deleted.Address),
            ("status-delete", visitor => DeleteWithoutReasonAsync(visitor, limited)),
            At("templates", "/templates"),
            At("template", $"/templates/{template}"),
            At("template-new", $"/templates/new?from={queued.Id}"),
            At("schedule-new", $"/schedules/new?export={queued.Id}"),
            At("schedule-new-of-nothing", "/schedules/new"),
            ("schedule-wrong", visitor => PlanWrongAsync(visitor, $"/schedules/new?export={queued.Id}")),
            At("schedule-edit", $"/schedules/{paused.Id}/edit"),
            At("request-from-template", $"/request/orders?template={template}"),
            ("template-wrong", visitor => NameNothingAsync(visitor, $"/templates/new?from={queued.Id}")),
            ("run-again-refused", visitor => RunAgainAsync(visitor, failed)),
            At("news", "/news"),
            At("deliveries", "/deliveries"),
            At("deliveries-nothing", "/deliveries?status=Failed&channel=Storage"),
            At("received", $"/received/{received}"),
            At("targets", "/admin/targets"),
            At("target", $"/admin/targets/{target}"),
            At("target-new-s3", "/admin/targets/new?kind=s3"),
            ("target-wrong", SaveWrongTargetAsync),
            At("operations", "/admin/operations"),
            At("operations-act", $"/admin/operations?act=cancel&export={running.Id}"),
            ("operations-wrong", visitor => ActWithoutReasonAsync(visitor, running)),
            At("datasets", "/admin/datasets"),
            At("dataset-new", "/admin/datasets/new"),
            At("dataset-edit", "/admin/datasets/orders"),
            At("dataset-query", "/admin/datasets/new/form?query=true"),
            At("dataset-test", "/admin/datasets/orders/test?person=admin"),
            At("dataset-remove", "/admin/datasets/orders/remove"),
            ("dataset-wrong", SaveWrongDatasetAsync),
            At("schedules", "/schedules"),
            ("schedules-empty", visitor => WithoutSchedulesAsync(app, visitor)),
            At("schedule", $"{troubled.Address}?from=2026-03-01&to=2026-03-31"),
            At("schedule-paused", paused.Address),
            At("calendar", "/schedules/calendar?month=2026-03"),
            At("nowhere", "/nowhere"),
            At("verify", "/verify"),
            ("verify-unchanged", visitor => VerifyAsync(visitor, "/verify", LimitedHash)),
            ("verify-changed", visitor => VerifyAsync(visitor, $"/verify?export={completed.Id}", new string('b', 64))),
            ("verify-other", visitor => VerifyAsync(visitor, $"/verify?export={completed.Id}", LimitedHash)),
            ("verify-unknown", visitor => VerifyAsync(visitor, "/verify", new string('b', 64))),
            ("verify-wrong", visitor => VerifyAsync(visitor, "/verify", LongWord)),
            ("request-under-way", visitor => AskTwiceAsync(app, visitor)),
            ("request-wrong", visitor => SendWrongAsync(visitor, queued)),
        ];
    }

    private static (string Name, Func<Visitor, Task> Go) At(string name, string address) => (name, visitor => visitor.GoAsync(address));

    private static async Task<Guid> StageTemplateAsync(TestApp app)
    {
        var request = new { dataset = "orders", format = "csv", limit = 500, dateRange = new { relative = "previous_month" }, sort = new[] { new { column = "amount" } } };
        // Each look at the pages stages them, and a name is given once.
        await app.Database.ExecuteAsync("UPDATE exporthub.template SET deleted_at = now() WHERE deleted_at IS NULL");
        var answer = await app.Client.PostAsJsonAsync("/api/templates", new { name = LongWord, description = $"For {LongWord} each month", sharedWith = new[] { "sales", "*" }, request });
        var template = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await app.Client.PutAsJsonAsync($"/api/templates/{template}", new { name = LongWord, description = "Each month", sharedWith = new[] { "sales", "*" }, request });
        await app.Client.PostAsJsonAsync("/api/templates", new { name = "Paid, for the board", request });
        return template;
    }

    private static async Task<(Guid Target, Guid Received)> StageDeliveriesAsync(TestApp app, Guid export)
    {
        var (target, received) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var payload = $$$"""{"news": {"kind": "ready", "key": "k", "owner": "admin", "scheduleName": "{{{LongWord}}}", "page": "/exports", "dueAt": "2026-11-23T05:30:00Z", "timeZone": "Europe/Berlin", "reason": "12 rows, where the last 8 runs had about 48,000."}}""";
        // Each look at the pages stages them, and a name is given once.
        await app.Database.ExecuteAsync($$"""
            UPDATE exporthub.app_user SET email = 'admin@example.com' WHERE name = 'admin';
            UPDATE exporthub.target SET deleted_at = now(), secret = NULL WHERE deleted_at IS NULL;
            INSERT INTO exporthub.target (id, name, kind, settings, roles, created_by)
            VALUES ('{{target}}', '{{LongWord[..60]}}', 'webhook', '{"url": "https://example.com/{{LongWord}}"}', '{sales,*}', 'admin'),
                (gen_random_uuid(), 'The share', 'folder', '{"folder": "/mnt/share"}', '{}', 'admin');
            INSERT INTO exporthub.delivery (id, news_key, channel, recipient, target_id, kind, owner, subject, export_id, payload, status, tries, next_try_at, settled_at, answer)
            VALUES ('{{received}}', '{{received}}', 'mail', 'admin@example.com', NULL, 'ready', 'admin', '{{LongWord}}', '{{export}}', '{{payload}}', 'done', 1, NULL, now(), 'The mail server accepted it.'),
                (gen_random_uuid(), '{{received}}', 'webhook', '{{LongWord[..60]}}', '{{target}}', 'ready', 'admin', '{{LongWord}}', '{{export}}', '{{payload}}', 'failed', 2, now() + interval '1 day', NULL, '500'),
                (gen_random_uuid(), '{{received}}', 'storage', 'The share', '{{target}}', 'ready', 'admin', '{{LongWord}}', NULL, '{{payload}}', 'given_up', 2, NULL, now(), '{{LongWord}}');
            INSERT INTO exporthub.delivery_try (delivery_id, number, at, took, arrived, answer)
            SELECT id, 1, now(), '1 second', false, 'The call failed: {{LongWord}}' FROM exporthub.delivery WHERE news_key = '{{received}}';
            INSERT INTO exporthub.event (person, key, kind, subject, scheduled, reason, due_at, time_zone, page)
            SELECT 'admin', '{{received}}' || kind, kind, '{{LongWord}}', true, 'The database did not answer.', now(), 'Europe/Berlin', '/exports'
            FROM unnest(ARRAY ['ready', 'failed', 'held', 'paused', 'missed', 'undelivered']) AS kind
            """);
        return (target, received);
    }

    private static async Task SaveWrongTargetAsync(Visitor visitor)
    {
        await visitor.GoAsync("/admin/targets/new?kind=folder");
        await visitor.Button("Save").ClickAsync();
        await visitor.Page.Locator("#error-summary").WaitForAsync();
    }

    private static async Task PlanWrongAsync(Visitor visitor, string address)
    {
        await visitor.GoAsync(address);
        await visitor.Page.Locator("#name").FillAsync("");
        await visitor.Page.Locator("[name=kind][value=monthly]").CheckAsync();
        await visitor.Page.Locator("#day").FillAsync("32");
        await visitor.Page.Locator("#time-zone").FillAsync(LongWord);
        await visitor.Page.Locator("#mail-to").FillAsync(LongWord);
        await visitor.Page.Locator("#keep-days").FillAsync(LongWord);
        await visitor.Button("Save schedule").ClickAsync();
        await visitor.Page.Locator("#error-summary").WaitForAsync();
    }

    /// <summary>One with runs of every kind, and one that is paused.</summary>
    private static async Task<(StagedSchedule Troubled, StagedSchedule Paused)> StageSchedulesAsync(TestApp app)
    {
        // As with templates.
        await app.Database.ExecuteAsync("UPDATE exporthub.schedule SET deleted_at = now(), next_at = NULL WHERE deleted_at IS NULL");
        var troubled = await StagedSchedule.AddAsync(app, LongWord);
        await troubled.RunAsync("2026-03-01T05:30Z", "completed");
        await troubled.RunAsync("2026-03-02T05:30Z", "held", $"The file has no rows.{Environment.NewLine}The column {LongWord} is gone.");
        await troubled.RunAsync("2026-03-03T05:30Z", "dropped");
        await troubled.AddRunAsync("2026-03-04T05:30Z", "skipped", "It was missed while nothing could run.");
        await troubled.AddRunAsync("2026-03-05T05:30Z", "waiting");
        await troubled.AddRunAsync("2026-03-06T05:30Z", "failed", $"The column {LongWord} is no longer there.");
        await troubled.SetAsync("failures = 1");
        var paused = await StagedSchedule.AddAsync(app, "Paid, for the board", relative: null);
        await paused.SetAsync($"next_at = NULL, paused_at = now(), paused_by = '{LongWord}', paused_reason = '{LongWord} moves.'");
        return (troubled, paused);
    }

    private static async Task WithoutSchedulesAsync(TestApp app, Visitor visitor)
    {
        await app.Database.ExecuteAsync("UPDATE exporthub.schedule SET deleted_at = now() + interval '1 day', next_at = NULL WHERE deleted_at IS NULL");
        await visitor.GoAsync("/schedules");
        await app.Database.ExecuteAsync("UPDATE exporthub.schedule SET deleted_at = NULL WHERE deleted_at > now()");
    }

    private static async Task NameNothingAsync(Visitor visitor, string address)
    {
        await visitor.GoAsync(address);
        await visitor.Button("Save template").ClickAsync();
        await visitor.Page.Locator("#error-summary").WaitForAsync();
    }

    private static async Task VerifyAsync(Visitor visitor, string address, string hash)
    {
        await visitor.GoAsync(address);
        await visitor.Field("Or its SHA-256").FillAsync(hash);
        await visitor.Button("Check").ClickAsync();
        await visitor.Page.Locator("#answer, #error-summary").WaitForAsync();
    }

    /// <summary>The dataset has no such columns.</summary>
    private static async Task RunAgainAsync(Visitor visitor, StagedExport export)
    {
        await export.SetAsync("""criteria = jsonb_set(criteria, '{columns}', '["gone"]')""");
        await visitor.GoAsync(export.Address);
        await visitor.Button("Run again").ClickAsync();
        await visitor.Heading("Nothing was started").WaitForAsync();
    }

    /// <summary>With all that a preview may have to say.</summary>
    private static async Task PreviewAsync(Visitor visitor)
    {
        await visitor.GoAsync("/request/orders");
        await visitor.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^CSV") }).CheckAsync();
        await visitor.Page.Locator("#preflight .words li").First.WaitForAsync();
        await visitor.Page.Locator("#preflight .sample").WaitForAsync();
    }

    private static async Task AskTwiceAsync(TestApp app, Visitor visitor)
    {
        for (var n = 0; n < 2; n++)
        {
            await visitor.GoAsync("/request/orders");
            await visitor.Field("At most this many rows").FillAsync("7");
            await visitor.Button("Start export").ClickAsync();
            await visitor.Page.Locator("#export, #under-way").WaitForAsync();
            await app.Database.ExecuteAsync("""
                UPDATE exporthub.export
                SET status = 'queued', due_at = now() + interval '1 day', attempts_left = 4, lease_until = NULL, finished_at = NULL, file_key = NULL
                WHERE (criteria ->> 'limit') = '7'
                """);
        }
    }

    /// <summary>What the lists of the operations page have to stand.</summary>
    private static async Task StageOperationsAsync(TestApp app)
    {
        var silent = await StagedExport.QueuedAsync(app, title: LongWord);
        // As many as one person may have running, so that nobody lets the held one go.
        foreach (var running in new[] { silent, await StagedExport.QueuedAsync(app), await StagedExport.QueuedAsync(app) })
        {
            await running.RunningAsync(rows: 1_284_332, total: 20_000_000, attempt: 3);
            await running.SetAsync($"lane = 'bulk', started_at = now() - interval '3 hours', requested_by = '{LongWord}'");
        }

        await silent.SetAsync("renewed_at = now() - interval '5 minutes'");
        var forgotten = await StagedExport.QueuedAsync(app);
        await forgotten.SetAsync("due_at = now() - interval '1 hour', requested_by = 'anna'");
        var held = await StagedExport.QueuedAsync(app, title: "Customers");
        await held.SetAsync($"held = true, due_at = now() - interval '3 minutes', requested_by = '{LongWord}'");
        await app.Database.ExecuteAsync($"""
            INSERT INTO exporthub.audit (who, how, act, export_id, details)
            SELECT 'anna', 'session', act, export_id, jsonb_build_object('reason', reason)
            FROM (VALUES ('cancel', '{silent.Id}'::uuid, '{LongWord} locks a table.'), ('pause', NULL, 'The storage moves.'), ('resume', NULL, 'It moved.'))
                AS done (act, export_id, reason)
            """);
    }

    private static async Task ActWithoutReasonAsync(Visitor visitor, StagedExport export)
    {
        await visitor.GoAsync($"/admin/operations?act=cancel&export={export.Id}");
        // As a browser sends it that does not check by itself.
        await visitor.Page.Locator("#act form").EvaluateAsync("form => form.noValidate = true");
        await visitor.Button("Cancel export").ClickAsync();
        await visitor.Page.Locator("#reason-error").WaitForAsync();
    }

    private static async Task DeleteWithoutReasonAsync(Visitor visitor, StagedExport export)
    {
        await visitor.GoAsync(export.Address);
        await visitor.Page.Locator("#delete-file").ClickAsync();
        await visitor.Page.Locator("form[action$=delete]").EvaluateAsync("form => form.noValidate = true");
        await visitor.Button("Delete the file now").ClickAsync();
        await visitor.Page.Locator("#reason-error").WaitForAsync();
    }

    private static async Task SaveWrongDatasetAsync(Visitor visitor)
    {
        await visitor.GoAsync("/admin/datasets/orders");
        await visitor.Field("Row filter").FillAsync($"{LongWord} = 1");
        await visitor.Field("Most rows of one export").FillAsync(LongWord);
        await visitor.Button("Save").ClickAsync();
        await visitor.Page.Locator("#error-summary").WaitForAsync();
    }

    private static async Task SendWrongAsync(Visitor visitor, StagedExport filled)
    {
        await visitor.GoAsync($"/request/orders?from={filled.Id}");
        await visitor.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^CSV") }).CheckAsync();
        await visitor.Button("None").ClickAsync();
        await visitor.Field("First day").FillAsync("2026-03-01");
        await visitor.Page.Locator("#filter-1-value").FillAsync(LongWord);
        await visitor.Field("At most this many rows").FillAsync(LongWord);
        await visitor.Button("Start export").ClickAsync();
        await visitor.Page.Locator("#error-summary").WaitForAsync();
    }
}
