using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Exports;

/// <summary>
/// Whether what was permitted at the request is still permitted. Roles, attributes and accounts are those of this moment, and so are rights and row filter in the definition
/// of the dataset; only what the definition reads is that of the request. The request itself, be it a person's, a program's or a schedule's, is judged by
/// <see cref="PermittedDatasets"/>.
/// </summary>
internal sealed class ExportRights(Persons persons, DatasetCatalog catalog)
{
    /// <summary>The dataset of an export as the person who asked for it may read it now; may be broken.</summary>
    /// <exception cref="NotPermittedException">The export is no longer permitted.</exception>
    /// <exception cref="RightsUnknownException">The definition that says so cannot be read at the moment.</exception>
    public async Task<Dataset> ForAttemptAsync(Export export, CancellationToken cancel)
    {
        var rights = await OfAsync(export, new Viewer(export.RequestedBy, export.AsAdministrator), cancel);
        if (rights.Refusal(export, export.Criteria.Limit ?? CriteriaCheck.MostRows) is { } refusal)
        {
            throw new NotPermittedException(refusal);
        }

        var dataset = rights.Now.Permit(await catalog.DescribeAsync(rights.Bind(export.Dataset), cancel));
        return dataset.Permission!.Obstacle is { } obstacle ? throw new NotPermittedException(obstacle) : dataset;
    }

    /// <summary>Why somebody who may see an export may not have its file now, as a sentence; null when it is permitted.</summary>
    public async Task<string?> RefuseFileAsync(Export export, Viewer viewer, CancellationToken cancel)
    {
        try
        {
            var rights = await OfAsync(export, viewer, cancel);
            return (rights.Refusal(export, export.Rows) ?? rights.RefuseRows(export.Scope)) is { } refusal ? NotPermittedException.Words(refusal) : null;
        }
        catch (NotPermittedException withdrawn)
        {
            return withdrawn.Message;
        }
        catch (RightsUnknownException unknown)
        {
            return unknown.Message;
        }
    }

    private async Task<Standing> OfAsync(Export export, Viewer viewer, CancellationToken cancel) =>
        await persons.FindAsync(viewer, cancel) is { } person
            ? new Standing(Current(export, person), person)
            : throw new NotPermittedException(Text.Of("The account of the person who asked is disabled or gone."));

    private DatasetDefinition Current(Export export, Person person) => catalog.DefinitionOf(export.Dataset.Name) switch
    {
        // Nobody says any more who may have it, so administrators only.
        null => export.Dataset with { Rights = null },
        { Fault: null, Definition: var now } => now,
        _ when person.IsAdministrator => export.Dataset,
        _ => throw new RightsUnknownException(),
    };

    /// <summary>One person and what is to be judged by.</summary>
    private sealed class Standing(DatasetDefinition current, Person person)
    {
        public DatasetRights Now { get; } = new(current, person);

        /// <summary>What is read: the dataset of the request, with the row filter of now where it binds the person.</summary>
        public DatasetDefinition Bind(DatasetDefinition requested) => requested with { Rights = null, RowFilter = Now.SeesAllRows ? null : current.RowFilter };

        /// <param name="rows">The most rows that are meant.</param>
        public string? Refusal(Export export, long rows) =>
            !Now.MayExport ? Text.Of("The right to export this dataset was withdrawn.")
            : export.Criteria.UsedColumns().FirstOrDefault(column => !Now.MaySeeColumn(column)) is { } column
                ? Text.Of("The right to read the column {0} was withdrawn.", export.Dataset.TitleOf(column))
            : export.Options.FormulaGuard == false && !Now.MayRaw ? Text.Of("The right to turn off the formula guard was withdrawn.")
            : Now.RowLimit < rows ? Text.Of("One export may hold {0:N0} rows of this dataset at most now.", Now.RowLimit.Value)
            : null;

        /// <param name="made">Null for a file from before scopes were kept.</param>
        public string? RefuseRows(RowScope? made)
        {
            if (Now.SeesAllRows)
            {
                return null;
            }

            var (scope, obstacle) = RowScope.Of(RowFilter.Parse(current.RowFilter!).Filter!, current.RowFilter!, person);
            return obstacle ?? (made is not null && scope!.Covers(made) ? null : Text.Of("Which rows you may see has changed since this file was made. Ask for it again."));
        }
    }
}

/// <summary>A right was withdrawn after the request; the message is for people.</summary>
internal sealed class NotPermittedException(string reason) : Exception(Words(reason))
{
    public static string Words(string reason) => Text.Of("This is no longer permitted. {0}", reason);
}

/// <summary>The definition of the dataset, which says who may do what, cannot be read.</summary>
internal sealed class RightsUnknownException() : Exception(Text.Of("The definition of the dataset cannot be read, so nobody knows who may export it. An administrator has to repair it."));
