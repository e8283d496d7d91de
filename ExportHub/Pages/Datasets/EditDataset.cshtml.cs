using System.Text;
using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Language;
using ExportHub.Pages.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Datasets;

/// <summary>A definition as a form: what it reads, who may have it, and what comes of that.</summary>
internal sealed class EditDatasetModel(DefinitionDesk desk, DatasetDescription description, SampleRows samples, SourceTables tables) : PageModel
{
    private const string Save = "save";

    // The address of the page with new ones.
    private const string Reserved = "new";

    private DefinitionFile? file;

    // The name in the address is that of the definition, the field of that name what a new one is to be called.
    [BindProperty]
    public DatasetForm Form { get; set; } = new();

    public DatasetView View { get; private set; } = null!;

    public string Address => file is null ? "/admin/datasets/new/form" : $"/admin/datasets/{file.Definition.Name}";

    /// <summary>Why it cannot be saved here at all; a sentence.</summary>
    public string? Locked => file is { IsStored: false } && !desk.WritesFiles
        ? Text.Of("This definition is the file {0}, which cannot be written to from here. Change the file itself; it counts at the next request.", file.File)
        : null;

    public async Task<IActionResult> OnGetAsync([FromRoute] string? name, string? source, string? from, bool query, CancellationToken cancel)
    {
        if (!await FindAsync(name, cancel))
        {
            return NotFound();
        }

        Form = file is not null
            ? DatasetForm.Of(file.Definition, file.Stamp)
            : new DatasetForm { Source = source, From = query ? null : from, Query = query ? "SELECT " : null, Name = NameOf(from) };
        await ShowAsync(new FieldFaults(Form), judge: file is not null, cancel);
        return Page();
    }

    /// <summary>Shows what would come of it, or saves it.</summary>
    public async Task<IActionResult> OnPostAsync([FromRoute] string? name, string? act, CancellationToken cancel)
    {
        if (!await FindAsync(name, cancel))
        {
            return NotFound();
        }

        Form.Name = file?.Definition.Name ?? Form.Name;
        var faults = new FieldFaults(Form);
        var definition = await ShowAsync(faults, judge: act == Save, cancel);
        if (act != Save || !MaySave(faults) || await RefusalAsync(definition, cancel) is { } refusal && Refuse(faults, refusal))
        {
            return Page();
        }

        return Redirect("/admin/datasets?saved=" + definition.Name);
    }

    /// <summary>The definition as it is kept.</summary>
    public async Task<IActionResult> OnGetFileAsync([FromRoute] string? name, CancellationToken cancel) =>
        await FindAsync(name, cancel) && file is not null ? File(desk.Content(file), "application/json", $"{file.Definition.Name}.json") : NotFound();

    private async Task<bool> FindAsync(string? name, CancellationToken cancel)
    {
        file = name is null ? null : await desk.FindAsync(name, cancel);
        return name is null || file is not null;
    }

    private bool MaySave(FieldFaults faults)
    {
        if (Locked is not null)
        {
            return false;
        }

        if (file is null && Form.Name == Reserved)
        {
            faults.Add("name", Text.Of("“new” cannot be the name of a dataset."));
        }

        if (View.LosesComments && !Form.Replace)
        {
            faults.Add("replace", Text.Of("Say whether the comments of the file may be lost."));
        }

        return !faults.Prevent && (!View.IsBroken || Form.SaveBroken);
    }

    private async Task<(string? Field, string Sentence)?> RefusalAsync(DatasetDefinition definition, CancellationToken cancel) =>
        await desk.SaveAsync(definition, Form.Stamp, cancel) switch
        {
            DefinitionOutcome.ChangedMeanwhile =>
                (null, Text.Of("Somebody else has changed this definition since you opened it, so nothing was saved. Open it again in another tab and bring both together.")),
            DefinitionOutcome.NameTaken => ("name", Text.Of("There is already a dataset of this name.")),
            DefinitionOutcome.NotWritable => (null, Text.Of("The datasets folder cannot be written to, so nothing was saved.")),
            _ => null,
        };

    private static bool Refuse(FieldFaults faults, (string? Field, string Sentence) refusal)
    {
        faults.Add(refusal.Field, refusal.Sentence);
        return true;
    }

    /// <param name="judge">Whether faults are shown at their fields; what has just been begun is not wrong yet.</param>
    private async Task<DatasetDefinition> ShowAsync(FieldFaults faults, bool judge, CancellationToken cancel)
    {
        var definition = FormDefinition.Read(Form, faults);
        var relation = (await description.RelationAsync(definition, cancel)).Value;
        Form.Columns = ColumnRows.Of(Form.Columns, relation);
        var dataset = new DatasetRights(definition, ForEverything).Permit(await description.ReadAsync(definition, cancel));
        if (judge)
        {
            DefinitionCheck.Faults(definition).Concat(dataset.Broken is { } broken ? [broken] : []).Distinct().ToList().ForEach(faults.AddOfDefinition);
        }

        var works = dataset.Broken is null;
        var place = file is not null ? DatasetPlaces.Of(file) : desk.StoresNew ? Text.Of("stored in the database") : Text.Of("a file in the datasets folder");
        View = new DatasetView(Form, faults, dataset, place)
        {
            Relation = relation,
            Sources = tables.Sources,
            Sample = works ? await samples.ReadAsync(dataset, cancel) : null,
            Statement = works ? SampleRows.Statement(dataset with { Permission = Bound(dataset) }) : null,
            IsNew = file is null,
            LosesComments = file is { HasComments: true },
        };
        return definition;
    }

    private static Person ForEverything { get; } = new("", [Roles.Admin], Attributes.None, IsAdministrator: true);

    /// <summary>Of somebody whom the row filter binds, with the names of the claims as their values.</summary>
    private static Permission Bound(Dataset dataset)
    {
        var scope = dataset.RowFilter is { } filter
            ? new RowScope(dataset.Definition.RowFilter, filter.Claims.ToDictionary(claim => claim, IReadOnlyList<string> (claim) => [$"@user.{claim}"]))
            : RowScope.AllRows;
        return dataset.Permission! with { Rows = scope };
    }

    /// <summary>What a dataset of a table may be called.</summary>
    private static string? NameOf(string? table)
    {
        var name = new StringBuilder();
        foreach (var letter in table?.Split('.')[^1].ToLowerInvariant() ?? "")
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        return name.ToString().Trim('_') is { Length: > 0 } said ? said : null;
    }
}
