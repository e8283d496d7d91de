using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Pages.Request;

namespace ExportHub.Pages.History;

/// <summary>What the filters of the history are drawn from.</summary>
public sealed class HistoryView
{
    internal HistoryView(HistoryQuery asked, IReadOnlyList<Dataset> datasets, bool forPersons, IReadOnlyList<FormError> errors) =>
        (Asked, Datasets, ForPersons, Errors) = (asked, datasets, forPersons, errors);

    /// <summary>As it was typed.</summary>
    internal HistoryQuery Asked { get; }

    internal IReadOnlyList<Dataset> Datasets { get; }

    /// <summary>Whether the exports of others are there to choose from.</summary>
    internal bool ForPersons { get; }

    private IReadOnlyList<FormError> Errors { get; }

    internal bool IsWrong(string field) => ErrorOf(field) is not null;

    internal string? ErrorOf(string field) => Errors.FirstOrDefault(error => error.Field == field)?.Message;
}
