using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Files;
using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>What holds for the files of one person at this moment.</summary>
internal sealed class PersonalTerms(Persons persons, IOptions<ExportsOptions> exports, IOptions<FilesOptions> files)
{
    /// <summary>How many bytes of files the person may have; null means any number.</summary>
    public async Task<long?> QuotaAsync(string name, CancellationToken cancel) =>
        (await persons.FindAsync(new Viewer(name, SeesAll: false), cancel))?.QuotaBytes ?? exports.Value.QuotaBytes;

    /// <summary>By <see cref="RetentionRule"/>. Roles are only asked for where a setting names one.</summary>
    /// <param name="ofSchedule">Null without a schedule, and where it leaves that to the others.</param>
    public async Task<TimeSpan> RetentionAsync(Viewer by, DatasetDefinition dataset, TimeSpan? ofSchedule, CancellationToken cancel)
    {
        var person = files.Value.RoleRetention is { Count: > 0 } ? await persons.FindAsync(by, cancel) : null;
        return RetentionRule.Of(ofSchedule, dataset, person?.Roles ?? [], files.Value);
    }
}
