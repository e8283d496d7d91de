using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Pages.Parts;
using ExportHub.Pages.Request;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.History;

/// <summary>Every export, newest first.</summary>
internal sealed class HistoryModel(ExportHistory history, PermittedDatasets permitted, PersonalRoom room, TimeProvider time) : PageModel
{
    private const int PageSize = 25;

    /// <summary>What has a field on the page that an error can lead to.</summary>
    private static readonly string[] Fields = ["q", "dataset", "status", "person", "from", "to"];

    private HistoryQuery asked = new();

    public IReadOnlyList<ExportLine> Rows { get; private set; } = [];

    public HistoryView Filters { get; private set; } = null!;

    /// <summary>What the files of whoever looks take.</summary>
    public PersonalUsage Usage { get; private set; } = null!;

    /// <summary>What in the address cannot be read; nothing is shown then, rather than too much.</summary>
    public IReadOnlyList<FormError> Errors { get; private set; } = [];

    /// <summary>Null on the last page.</summary>
    public string? Older { get; private set; }

    /// <summary>Null on the first page.</summary>
    public string? Newest => asked.Before is null ? null : Address(before: null);

    public bool SeesAll => Viewer.Of(User).SeesAll;

    /// <summary>Whether there may be exports that are not shown.</summary>
    public bool IsFiltered => asked with { Zone = null } != new HistoryQuery();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        asked = new HistoryQuery
        {
            Q = Typed("q"), Dataset = Typed("dataset"), Status = Typed("status"), Person = SeesAll ? Typed("person") : null,
            From = Typed("from"), To = Typed("to"), Zone = Typed("zone"), Before = Typed("before"),
        };
        var errors = new List<FormError>();
        if (asked.Settle(Viewer.Of(User), PageSize, (field, message) => errors.Add(ErrorOf(field, message))) is { } filter)
        {
            var page = await history.ListAsync(filter, cancel);
            Rows = [.. page.Exports.Select(export => ExportLine.Of(export, time.GetUtcNow()))];
            Older = page.Next is { } next ? Address(next) : null;
        }
        else
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        Errors = errors;
        Usage = await room.OfAsync(Viewer.Of(User).Name, cancel);
        Filters = new HistoryView(asked, await permitted.ListAsync(Viewer.Of(User), cancel), SeesAll, errors);
    }

    /// <summary>Both days can be wrong in the same way.</summary>
    private static FormError ErrorOf(string field, string message) => field switch
    {
        "from" => new FormError(field, $"{Text.Of("First day")}: {message}"),
        "to" => new FormError(field, $"{Text.Of("Last day")}: {message}"),
        _ => new FormError(Fields.Contains(field) ? field : null, message),
    };

    private string? Typed(string field) => Request.Query[field] is [{ Length: > 0 } text, ..] && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private string Address(Guid? before)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[]
        {
            ("q", asked.Q), ("dataset", asked.Dataset), ("status", asked.Status), ("person", asked.Person), ("from", asked.From), ("to", asked.To),
            ("zone", asked.Zone), ("before", before?.ToString()),
        })
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return "/exports" + query.ToQueryString();
    }
}
