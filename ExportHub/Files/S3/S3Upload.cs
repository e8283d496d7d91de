using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using ExportHub.Files.Remote;

namespace ExportHub.Files.S3;

/// <summary>One object on its way into a bucket: a single PUT, or a multipart upload when it does not fit into one part.</summary>
internal sealed class S3Upload(S3Client client, string key, FileLabel label) : IUpload
{
    /// <summary>What a visible object has when this upload, and no other of the same name, put it there.</summary>
    private const string MarkName = "x-amz-meta-upload";

    private readonly string mark = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
    private readonly S3Options options = client.Options;
    private readonly List<PartETag> sent = [];
    private string? upload;

    public async Task SendAsync(int number, Func<Stream> open, CancellationToken cancel)
    {
        upload ??= await BeginAsync(cancel);
        await using var content = open();
        var request = new UploadPartRequest
        {
            BucketName = options.Bucket,
            Key = key,
            UploadId = upload,
            PartNumber = number,
            InputStream = content,
            PartSize = content.Length,
            // In one piece the SHA-256 of the part is in its signature.
            UseChunkEncoding = false,
        };
        var answer = await client.CallAsync((s3, token) => s3.UploadPartAsync(request, token), cancel, content.Length);
        sent.Add(new PartETag(number, answer.ETag));
    }

    public async Task FinishAsync(int number, Func<Stream> open, CancellationToken cancel)
    {
        await RefuseTakenAsync(cancel);
        if (upload is null)
        {
            await PutAsync(open, cancel);
            return;
        }

        await SendAsync(number, open, cancel);
        var request = new CompleteMultipartUploadRequest { BucketName = options.Bucket, Key = key, UploadId = upload, PartETags = sent, IfNoneMatch = "*" };
        await client.CallAsync((s3, token) => s3.CompleteMultipartUploadAsync(request, token), cancel);
    }

    public async Task<long?> LookAsync(CancellationToken cancel) =>
        await HeadAsync(cancel) is { } found && found.Metadata[MarkName] == mark ? found.ContentLength : null;

    public async Task AbandonAsync(bool visible, CancellationToken cancel)
    {
        if (upload is not null)
        {
            var request = new AbortMultipartUploadRequest { BucketName = options.Bucket, Key = key, UploadId = upload };
            // Gone when it became visible.
            await client.FindAsync((s3, token) => s3.AbortMultipartUploadAsync(request, token), cancel);
        }

        if (visible && await LookAsync(cancel) is not null)
        {
            await client.CallAsync((s3, token) => s3.DeleteObjectAsync(options.Bucket, key, token), cancel);
        }
    }

    private async Task<string> BeginAsync(CancellationToken cancel)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = options.Bucket,
            Key = key,
            ContentType = label.ContentType,
            ServerSideEncryptionMethod = Encryption,
            ServerSideEncryptionKeyManagementServiceKeyId = KmsKey,
        };
        request.Headers.ContentDisposition = label.Disposition;
        request.Metadata[MarkName] = mark;
        return (await client.CallAsync((s3, token) => s3.InitiateMultipartUploadAsync(request, token), cancel)).UploadId;
    }

    private async Task PutAsync(Func<Stream> open, CancellationToken cancel)
    {
        await using var content = open();
        var request = new PutObjectRequest
        {
            BucketName = options.Bucket,
            Key = key,
            ContentType = label.ContentType,
            InputStream = content,
            UseChunkEncoding = false,
            IfNoneMatch = "*",
            ServerSideEncryptionMethod = Encryption,
            ServerSideEncryptionKeyManagementServiceKeyId = KmsKey,
        };
        request.Headers.ContentDisposition = label.Disposition;
        request.Metadata[MarkName] = mark;
        await client.CallAsync((s3, token) => s3.PutObjectAsync(request, token), cancel, content.Length);
    }

    /// <summary>AWS does not put an object where there is one when told so; a server that is not AWS may not have learned it yet.</summary>
    private async Task RefuseTakenAsync(CancellationToken cancel)
    {
        if (options.Endpoint is { Length: > 0 } && await HeadAsync(cancel) is not null)
        {
            throw new NameTakenException(key);
        }
    }

    private Task<GetObjectMetadataResponse?> HeadAsync(CancellationToken cancel) =>
        client.FindAsync((s3, token) => s3.GetObjectMetadataAsync(options.Bucket, key, token), cancel);

    private ServerSideEncryptionMethod? Encryption => string.IsNullOrEmpty(options.Encryption) ? null : new ServerSideEncryptionMethod(options.Encryption);

    private string? KmsKey => string.IsNullOrEmpty(options.KmsKey) ? null : options.KmsKey;
}
