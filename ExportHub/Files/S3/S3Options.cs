using System.ComponentModel.DataAnnotations;
using ExportHub.Files.Remote;

namespace ExportHub.Files.S3;

/// <summary>Settings under `Files:S3`, for `Files:Store` = `S3`.</summary>
internal sealed class S3Options
{
    public const string Section = "Files:S3";

    public string Bucket { get; set; } = "";

    /// <summary>AWS region; other servers take the default, or `auto`.</summary>
    [Required(ErrorMessage = "Files:S3:Region must be the name of a region.")]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Address of a server that is not AWS: MinIO, R2, Ceph.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Empty as the secret: what the machine has, by the usual chain of the AWS SDK.</summary>
    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>Whether the bucket stands in the path of addresses; null: where an <see cref="Endpoint"/> is given.</summary>
    public bool? PathStyle { get; set; }

    /// <summary>What every key begins with, such as `exports/`.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>How the server is asked to encrypt; null leaves it to the bucket.</summary>
    [AllowedValues(null, "", "AES256", "aws:kms", ErrorMessage = "Files:S3:Encryption must be AES256, aws:kms or empty.")]
    public string? Encryption { get; set; }

    /// <summary>Key of `aws:kms`; null: the one of the account.</summary>
    public string? KmsKey { get; set; }

    /// <summary>Size of the first thousand parts, and of the memory that a file takes while it is written. A smaller file is sent at once.</summary>
    [Range(PartSize.Smallest, PartSize.Largest, ErrorMessage = "Files:S3:PartBytes must be between 5242880 and 1073741824.")]
    public long PartBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Null when a store can be made of this; otherwise a sentence that names the setting.</summary>
    public string? Fault() =>
        Bucket.Length == 0 ? "Files:S3:Bucket must be the name of a bucket."
        : Endpoint is { Length: > 0 } && !RemoteAddress.IsOne(Endpoint) ? "Files:S3:Endpoint must be an address such as https://minio.example.org:9000."
        : string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey) ? "Files:S3:AccessKey and Files:S3:SecretKey must both be given or both be empty."
        : Prefix.StartsWith('/') ? "Files:S3:Prefix must not begin with a slash."
        : KmsKey is { Length: > 0 } && Encryption is not "aws:kms" ? "Files:S3:KmsKey needs Files:S3:Encryption to be aws:kms."
        : null;
}
