using ExportHub.Access;
using ExportHub.Datasets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Datasets;

/// <summary>What somebody else would see of a dataset as it is kept now. Nothing can be changed here; the audit says who looked as whom.</summary>
internal sealed class TestDatasetModel(
    DefinitionDesk desk, DatasetCatalog catalog, People people, Persons persons, SampleRows samples, AuditStore audit, AuditedDatabase audited) : PageModel
{
    /// <summary>Whom to choose from; who is disabled has no rights at all.</summary>
    public IReadOnlyList<string> Everybody { get; private set; } = [];

    /// <summary>For no person.</summary>
    public Dataset Dataset { get; private set; } = null!;

    /// <summary>Null until somebody is chosen.</summary>
    public SeenView? View { get; private set; }

    public async Task<IActionResult> OnGetAsync(string name, string? person, CancellationToken cancel)
    {
        if (await desk.FindAsync(name, cancel) is null || await catalog.FindAsync(name, cancel) is not { } dataset)
        {
            return NotFound();
        }

        Dataset = dataset;
        Everybody = [.. (await people.ListAsync(cancel)).Where(user => !user.Disabled).Select(user => user.Name)];
        if (person is not null && Everybody.Contains(person))
        {
            await audit.WriteAsync(audited.Actor, new AuditEvent(AuditActs.DatasetTested) { Dataset = name, Subject = person }, cancel);
            await LookAsync(person, cancel);
        }

        return Page();
    }

    private async Task LookAsync(string name, CancellationToken cancel)
    {
        if (await persons.FindAsync(new Viewer(name, SeesAll: true), cancel) is not { } person)
        {
            return;
        }

        var rights = new DatasetRights(Dataset.Definition, person);
        var sample = rights.Narrow(Dataset) is { Broken: null, Permission.Rows: not null } seen ? await samples.ReadAsync(seen, cancel) : null;
        View = new SeenView(person, rights, Dataset, sample);
    }
}
