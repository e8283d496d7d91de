using System.Globalization;
using ExportHub.Access;
using ExportHub.Pages.Operations;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Audit;

/// <summary>Who did what, newest first. Nothing can be changed here, or anywhere.</summary>
internal sealed class AuditModel(AuditStore audit) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Act { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Dataset { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Export { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];

    /// <summary>Null on the last page.</summary>
    public string? Older { get; private set; }

    /// <summary>Null on the first page.</summary>
    public string? Newest => Before is null ? null : Address(before: null);

    /// <summary>Something in a field cannot be read; nothing is shown then, rather than too much.</summary>
    public bool IsWrong => !ModelState.IsValid;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (IsWrong)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var page = await audit.ListAsync(new AuditFilter(Clean(Person), Clean(Act), Clean(Dataset), Export, From, To, Before), cancel);
        Entries = page.Entries;
        Older = page.Next is { } next ? Address(next) : null;
    }

    /// <summary>What was typed stays in its field, also where it cannot be read.</summary>
    public string? Typed(string field) => ModelState.TryGetValue(field, out var state) ? state.AttemptedValue : null;

    /// <summary>A browser empties a field for a day of what is no day, and complains.</summary>
    public string KindOf(string field) => ModelState.GetFieldValidationState(field) == ModelValidationState.Invalid ? "text" : "date";

    private string Address(long? before)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[]
        {
            ("person", Clean(Person)), ("act", Clean(Act)), ("dataset", Clean(Dataset)), ("export", Export?.ToString()),
            ("from", Day(From)), ("to", Day(To)), ("before", before?.ToString(CultureInfo.InvariantCulture)),
        })
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return "/admin/audit" + query.ToQueryString();
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
