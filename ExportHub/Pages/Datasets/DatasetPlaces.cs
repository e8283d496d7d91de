using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Pages.Datasets;

/// <summary>Where definitions are, in words.</summary>
internal static class DatasetPlaces
{
    public static string Of(DefinitionFile file) => file.IsStored ? Text.Of("stored in the database") : Text.Of("file {0}", file.File);

    public static string Source(DatasetDefinition definition) => definition.Source ?? Text.Of("ExportHub’s own database");

    public static string Reads(DatasetDefinition definition) =>
        definition.From ?? (definition.Query is null ? Text.Of("nothing") : Text.Of("a query"));
}
