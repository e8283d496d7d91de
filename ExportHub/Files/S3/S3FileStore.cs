using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using ExportHub.Files.Remote;

namespace ExportHub.Files.S3;

/// <summary>
/// Files in a bucket of AWS or of a server that speaks as it does. What is written in several parts is no object before the last act, so an unfinished upload is
/// what <see cref="ListAsync"/> calls a part.
/// </summary>
internal sealed class S3FileStore : IFileStore, ISigningStore, IDisposable
{
    private readonly S3Options options;
    private readonly ObjectKeys keys;
    private readonly S3Client client;
    private readonly TimeProvider time;

    /// <param name="patience">See <see cref="Patience"/>.</param>
    public S3FileStore(S3Options options, TimeProvider? time = null, TimeSpan? patience = null)
    {
        this.options = options;
        this.time = time ?? TimeProvider.System;
        keys = new ObjectKeys(options.Prefix);
        client = new S3Client(options, patience ?? Patience.Default);
    }

    public Task<IFilePart> CreateAsync(string name, FileLabel label, CancellationToken cancel) =>
        CheckedAsync<IFilePart>(name, key => Task.FromResult<IFilePart>(new RemoteFilePart(new S3Upload(client, key, label), options.PartBytes)));

    public Task<Stream?> OpenAsync(string name, CancellationToken cancel) => CheckedAsync(name, async key =>
        await HeadAsync(key, cancel, Patience.Short(client.Patience)) is { } found
            ? (Stream)new RangedStream(found.ContentLength, (from, count, token) => OpenRangeAsync(key, found.ETag, from, count, token), client.Patience)
            : null);

    public Task<bool> DeleteAsync(string name, CancellationToken cancel) => CheckedAsync(name, key => DeleteKeyAsync(key, cancel));

    /// <summary>A bucket has no end.</summary>
    public Task<long?> FreeBytesAsync(CancellationToken cancel) => Task.FromResult<long?>(null);

    public async IAsyncEnumerable<StoredObject> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        string? from = null;
        do
        {
            var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = keys.Prefix, ContinuationToken = from };
            var page = await client.CallAsync((s3, token) => s3.ListObjectsV2Async(request, token), cancel);
            foreach (var found in page.S3Objects ?? [])
            {
                if (keys.NameOf(found.Key) is { } name)
                {
                    yield return new StoredObject(name, IsPart: false, found.Key, At(found.LastModified));
                }
            }

            from = page.NextContinuationToken;
        }
        while (from is not null);

        await foreach (var upload in ListUploadsAsync(cancel))
        {
            yield return upload;
        }
    }

    public Task<bool> DeleteAsync(StoredObject stored, CancellationToken cancel) =>
        stored.IsPart ? AbortAsync(keys.Of(stored.Name), stored.Key, cancel) : DeleteKeyAsync(stored.Key, cancel);

    public async Task<Uri> SignAsync(string name, FileLabel label, TimeSpan lifetime, CancellationToken cancel)
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = options.Bucket,
            Key = keys.Of(name),
            Verb = HttpVerb.GET,
            Expires = (time.GetUtcNow() + lifetime).UtcDateTime,
            Protocol = options.Endpoint?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true ? Protocol.HTTP : Protocol.HTTPS,
            ResponseHeaderOverrides = { ContentType = label.ContentType, ContentDisposition = label.Disposition, CacheControl = "private, no-store" },
        };
        return new Uri(await client.CallAsync((s3, _) => s3.GetPreSignedURLAsync(request), cancel));
    }

    public void Dispose() => client.Dispose();

    private async IAsyncEnumerable<StoredObject> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        ListMultipartUploadsResponse? page = null;
        do
        {
            var request = new ListMultipartUploadsRequest
            {
                BucketName = options.Bucket, Prefix = keys.Prefix, KeyMarker = page?.NextKeyMarker, UploadIdMarker = page?.NextUploadIdMarker,
            };
            page = await client.CallAsync((s3, token) => s3.ListMultipartUploadsAsync(request, token), cancel);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                if (keys.NameOf(upload.Key) is { } name)
                {
                    yield return new StoredObject(name, IsPart: true, upload.UploadId, At(upload.Initiated));
                }
            }
        }
        while (page.IsTruncated == true);
    }

    private async Task<Stream> OpenRangeAsync(string key, string tag, long from, long count, CancellationToken cancel)
    {
        var request = new GetObjectRequest { BucketName = options.Bucket, Key = key, EtagToMatch = tag, ByteRange = new ByteRange(from, from + count - 1) };
        return (await client.CallAsync((s3, token) => s3.GetObjectAsync(request, token), cancel)).ResponseStream;
    }

    private async Task<bool> DeleteKeyAsync(string key, CancellationToken cancel)
    {
        // The answer to a deletion does not tell whether there was something.
        if (await HeadAsync(key, cancel) is null)
        {
            return false;
        }

        await client.CallAsync((s3, token) => s3.DeleteObjectAsync(options.Bucket, key, token), cancel);
        return true;
    }

    private async Task<bool> AbortAsync(string key, string upload, CancellationToken cancel)
    {
        var request = new AbortMultipartUploadRequest { BucketName = options.Bucket, Key = key, UploadId = upload };
        return await client.FindAsync((s3, token) => s3.AbortMultipartUploadAsync(request, token), cancel) is not null;
    }

    private Task<GetObjectMetadataResponse?> HeadAsync(string key, CancellationToken cancel, TimeSpan? atMost = null) =>
        client.FindAsync((s3, token) => s3.GetObjectMetadataAsync(options.Bucket, key, token), cancel, atMost);

    /// <summary>A name that is none is a task that fails, as in every other store.</summary>
    private async Task<T> CheckedAsync<T>(string name, Func<string, Task<T>> use) => await use(keys.Of(name));

    private static DateTimeOffset At(DateTime? found) => found is { } known ? new DateTimeOffset(known.ToUniversalTime(), TimeSpan.Zero) : DateTimeOffset.MinValue;
}
