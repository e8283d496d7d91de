using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using ExportHub.Files.Remote;

namespace ExportHub.Files.S3;

/// <summary>The SDK, bounded in time and with faults that <see cref="IFileStore"/> knows.</summary>
internal sealed class S3Client(S3Options options, TimeSpan patience) : IDisposable
{
    private readonly AmazonS3Client client = Open(options);

    public S3Options Options => options;

    public TimeSpan Patience => patience;

    /// <param name="bytes">What the call sends.</param>
    /// <param name="atMost">Null for what everything else may take.</param>
    public async Task<T> CallAsync<T>(Func<IAmazonS3, CancellationToken, Task<T>> call, CancellationToken cancel, long bytes = 0, TimeSpan? atMost = null)
    {
        try
        {
            return await Remote.Patience.BoundAsync(token => call(client, token), atMost ?? patience, bytes, cancel);
        }
        catch (Exception fault) when (S3Fault.IsOne(fault))
        {
            throw S3Fault.Of(fault, options);
        }
    }

    /// <summary>As <see cref="CallAsync"/>, and null where there is nothing under the key.</summary>
    public async Task<T?> FindAsync<T>(Func<IAmazonS3, CancellationToken, Task<T>> call, CancellationToken cancel, TimeSpan? atMost = null)
        where T : class
    {
        try
        {
            return await CallAsync(call, cancel, atMost: atMost);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public void Dispose() => client.Dispose();

    private static AmazonS3Client Open(S3Options options)
    {
        var config = new AmazonS3Config
        {
            // With a pause between tries that doubles and varies by chance.
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 8,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // Bounded by the patience above, which knows how much is sent.
            Timeout = Timeout.InfiniteTimeSpan,
            // Every part is signed with its SHA-256, which servers check; more would be to hash twice, and what old servers do not know.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { Length: > 0 } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = options.Region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        config.ForcePathStyle = options.PathStyle ?? options.Endpoint is { Length: > 0 };
        return string.IsNullOrEmpty(options.AccessKey) ? new(config) : new(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }
}
