using System.Security.Cryptography;
using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Files;
using ExportHub.Language;
using ExportHub.Notifications.Targets;

namespace ExportHub.Notifications.Storage;

/// <summary>Copies files to storage, as a stream. What arrives is what was published, by length and SHA-256, or nothing.</summary>
internal sealed class DeliverFile(UsableTargets targets, TargetStores places, ExportStore exports, ExportRights rights, IFileStore files, DeliveryStore deliveries) : IDeliver
{
    /// <summary>Somebody else's files of the same name; more than these are no accident.</summary>
    private const int MostOfOneName = 100;

    /// <summary>Small enough to stay out of the heap of large objects.</summary>
    private const int BufferBytes = 80 * 1024;

    public Channel Channel => Channel.Storage;

    public async Task<Sent> SendAsync(DeliveryJob job, CancellationToken cancel)
    {
        var (target, secret, refusal) = await targets.OpenAsync(job, cancel);
        if (target is null)
        {
            return Sent.Never(refusal!);
        }

        if (job.News.ExportId is not { } id || await exports.FindAsync(id, cancel) is not { HasFile: true } export)
        {
            return Sent.Never(Text.Of("The file has expired before it could be delivered. Have it made again."));
        }

        return await rights.RefuseFileAsync(export, new Viewer(job.Owner, SeesAll: true), cancel) is { } withdrawn
            ? Sent.Never(withdrawn)
            : await TryCopyAsync(job.News, target, secret, export, cancel);
    }

    private async Task<Sent> TryCopyAsync(News news, Target target, string? secret, Export export, CancellationToken cancel)
    {
        try
        {
            await using var file = await files.OpenAsync(export.FileKey!, cancel);
            return file is null
                ? Sent.Never(Text.Of("The file is no longer where it was stored. Have it made again."))
                : await CopyAsync(file, news, target, secret, export, cancel);
        }
        catch (UnauthorizedAccessException denied)
        {
            return Sent.Never(denied.Message);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            return Sent.Later(fault.Message);
        }
    }

    private async Task<Sent> CopyAsync(Stream file, News news, Target target, string? secret, Export export, CancellationToken cancel)
    {
        var store = places.Open(target.Kind, target.Settings, secret);
        using var closed = store as IDisposable;
        var wanted = NamePattern.Fill(target.Settings.NamePattern ?? NamePattern.Default, news, export);
        if (places.Refuse(target.Kind, target.Settings, wanted) is { } refusal)
        {
            return Sent.Never(refusal);
        }

        if (await ChooseAsync(store, target.Id, wanted, news, cancel) is not { } chosen)
        {
            return Sent.Never(Text.Of("There are {0} other files named like {1} already. A pattern of names with the Export ID gives each its own.", MostOfOneName, wanted));
        }

        await using var part = await store.CreateAsync(chosen.Name, new FileLabel(export.ContentType!, export.FileName!), cancel);
        var (length, hash) = await CopyAsync(file, part.Stream, cancel);
        if (length != export.Bytes || hash != export.Sha256)
        {
            return Sent.Never(Text.Of("The stored file is not what was published, so it was not delivered. An administrator has to look at the storage."));
        }

        if (chosen.Replaces)
        {
            await store.DeleteAsync(chosen.Name, cancel);
        }

        await part.CommitAsync(length, cancel);
        return Sent.Arrived($"{chosen.Name}, {export.Bytes} bytes, SHA-256 {hash}", chosen.Name);
    }

    /// <summary>What was copied: its length and SHA-256, as the receipt writes it.</summary>
    private static async Task<(long Length, string Sha256)> CopyAsync(Stream from, Stream to, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        long length = 0;
        while (await from.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            length += read;
        }

        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The first name that is free, or that the same occurrence has put there before. Null when all are taken.</summary>
    private async Task<(string Name, bool Replaces)?> ChooseAsync(IFileStore store, Guid target, string wanted, News news, CancellationToken cancel)
    {
        for (var number = 1; number <= MostOfOneName; number++)
        {
            var name = number == 1 ? wanted : NamePattern.Numbered(wanted, number);
            await using var there = await store.OpenAsync(name, cancel);
            if (there is null)
            {
                return (name, false);
            }

            if (await deliveries.IsOwnPlaceAsync(target, name, news, cancel))
            {
                return (name, true);
            }
        }

        return null;
    }
}
