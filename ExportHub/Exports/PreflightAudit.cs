using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Datasets;

namespace ExportHub.Exports;

/// <summary>
/// Keeps who looked at which rows of a dataset before there is an export. The page asks again with every change of the form, so the same person,
/// dataset and criteria are one entry an hour, whatever the format.
/// </summary>
internal sealed class PreflightAudit(AuditStore store, AuditedDatabase audited, TimeProvider time)
{
    // A list of values can be long; who needs it finds it with the export itself.
    private const int LongestCriteria = 4_000;
    private const int Most = 10_000;

    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string? Who, string Dataset, string Hash), DateTimeOffset> kept = new();

    /// <summary>Throws when it cannot be kept, and nothing is to be shown then.</summary>
    public async Task LookAsync(Dataset dataset, Criteria criteria, CancellationToken cancel)
    {
        var json = JsonSerializer.Serialize(criteria, JsonSerializerOptions.Web);
        var key = (audited.Actor.Who, dataset.Name, Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(criteria, JsonSerializerOptions.Web))));
        var now = time.GetUtcNow();
        if (kept.TryGetValue(key, out var at) && now - at < Lasts)
        {
            return;
        }

        object details = json.Length <= LongestCriteria ? new { criteria } : new { criteria.Columns, criteriaSha256 = key.Item3 };
        await store.WriteAsync(audited.Actor, new AuditEvent(AuditActs.Preview) { Dataset = dataset.Name, Details = details }, cancel);
        Forget(now);
        kept[key] = now;
    }

    private void Forget(DateTimeOffset now)
    {
        if (kept.Count < Most)
        {
            return;
        }

        foreach (var (key, _) in kept.Where(entry => now - entry.Value >= Lasts).DefaultIfEmpty(kept.First()))
        {
            kept.TryRemove(key, out _);
        }
    }
}
