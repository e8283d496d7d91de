using System.Net;
using Amazon.Runtime;

namespace ExportHub.Files.S3;

/// <summary>What the SDK throws, as what <see cref="IFileStore"/> throws: what another attempt may mend is an <see cref="IOException"/>.</summary>
internal static class S3Fault
{
    public static bool IsOne(Exception fault) => fault is AmazonServiceException or AmazonClientException or HttpRequestException or WebException or TimeoutException;

    public static Exception Of(Exception fault, S3Options options) => fault switch
    {
        AmazonServiceException answer => Of(answer, options),
        // The SDK has no type for this.
        AmazonClientException when fault.Message.StartsWith("Failed to resolve AWS credentials", StringComparison.Ordinal) => StorageDeniedException.NoKey(fault),
        _ => new IOException("The storage does not answer.", fault),
    };

    private static Exception Of(AmazonServiceException answer, S3Options options) => answer switch
    {
        { ErrorCode: "NoSuchBucket" } => StorageDeniedException.NoPlace(options.Bucket, answer),
        { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" } => StorageDeniedException.WrongKey(answer),
        // Both pass: credentials of a machine are renewed, and clocks are set.
        { ErrorCode: "ExpiredToken" or "TokenRefreshRequired" or "RequestTimeTooSkewed" } => new IOException("The storage found the credentials or the time out of date.", answer),
        { StatusCode: HttpStatusCode.NotFound } => new FileNotFoundException("The storage has no such file.", answer),
        { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } => StorageDeniedException.NoRight(answer),
        { StatusCode: HttpStatusCode.InsufficientStorage } or { ErrorCode: "QuotaExceeded" or "QuotaExceededException" } =>
            new StorageFullException("The storage is full.", answer),
        _ => new IOException($"The storage answered {(int)answer.StatusCode} {answer.ErrorCode}.", answer),
    };
}
