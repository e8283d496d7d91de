using ExportHub.Files;
using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>What one person's files take.</summary>
/// <param name="Kept">How many of <paramref name="Files"/> are kept past their time.</param>
/// <param name="Quota">How many bytes they may take; null means any number.</param>
internal sealed record PersonalUsage(int Files, int Kept, int MostKept, long Bytes, long? Quota);

/// <summary>Tells people what room their files take.</summary>
internal sealed class PersonalRoom(KeptFileStore store, PersonalTerms terms, IOptions<FilesOptions> options)
{
    public async Task<PersonalUsage> OfAsync(string name, CancellationToken cancel)
    {
        var (files, kept, bytes) = await store.UsageAsync(name, cancel);
        return new PersonalUsage(files, kept, options.Value.MostKept, bytes, await terms.QuotaAsync(name, cancel));
    }
}
