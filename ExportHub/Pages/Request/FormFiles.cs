using ExportHub.Datasets;

namespace ExportHub.Pages.Request;

/// <summary>Takes over the lists that were sent as files.</summary>
internal static class FormFiles
{
    /// <summary>The values of each file join the lines of its filter; a file that cannot be taken over is a fault of that filter.</summary>
    public static void TakeOver(RequestForm form, Dataset dataset, Action<string, string> fault)
    {
        foreach (var (row, place) in form.Filters.Zip(FormGroups.Places(form.Filters)))
        {
            if (row is not { Op: "in" or "notIn", File: { } file } || dataset.Find(row.Column!) is not { } column)
            {
                continue;
            }

            using var stream = file.OpenReadStream();
            var read = ValueFile.Read(stream, column);
            if (read.Fault is { } sentence)
            {
                fault($"{place}.value", sentence);
                continue;
            }

            row.Lines = string.Join('\n', FormToRequest.Lines(row).Union(read.Values));
            row.Note = read.Words(file.FileName);
        }
    }
}
