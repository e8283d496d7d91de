using ExportHub.Datasets;
using ExportHub.Language;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Datasets;

/// <summary>Asks once more before a definition is removed.</summary>
internal sealed class RemoveDatasetModel(DefinitionDesk desk, Definitions definitions) : PageModel
{
    public DefinitionFile Definition { get; private set; } = null!;

    /// <summary>Whether it is a stored one whose name a file has.</summary>
    public bool IsUnused { get; private set; }

    public bool CanRemove => desk.CanChange(Definition);

    /// <summary>Why it was not removed; a sentence.</summary>
    public string? Fault { get; private set; }

    /// <param name="stored">Whether the one in the database is meant, also where a file has the name.</param>
    public async Task<IActionResult> OnGetAsync(string name, bool stored, CancellationToken cancel) =>
        await FindAsync(name, stored, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string name, bool stored, string? stamp, CancellationToken cancel)
    {
        if (!await FindAsync(name, stored, cancel))
        {
            return NotFound();
        }

        Fault = Definition.Stamp != stamp
            ? Text.Of("It has been changed since you opened this page, so it was not removed. Look at it again before you do.")
            : await desk.DeleteAsync(Definition, cancel) switch
            {
                DefinitionOutcome.Done => null,
                DefinitionOutcome.NotWritable => Text.Of("The datasets folder cannot be written to, so it was not removed."),
                _ => Text.Of("It has been changed since you opened this page, so it was not removed. Look at it again before you do."),
            };
        return Fault is null ? Redirect("/admin/datasets?removed=true") : Page();
    }

    private async Task<bool> FindAsync(string name, bool stored, CancellationToken cancel)
    {
        var counts = await desk.FindAsync(name, cancel);
        var found = stored ? definitions.Unused().Select(one => one.Stored).FirstOrDefault(one => one.Definition.Name == name) : counts;
        (Definition, IsUnused) = (found!, stored);
        return found is not null;
    }
}
