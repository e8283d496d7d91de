using System.ComponentModel.DataAnnotations;

namespace ExportHub.Files;

/// <summary>Settings under `Files`.</summary>
internal sealed class FilesOptions
{
    /// <summary>Where finished files are kept.</summary>
    [EnumDataType(typeof(StoreKind), ErrorMessage = "Files:Store must be Local, S3 or Azure.")]
    public StoreKind Store { get; set; } = StoreKind.Local;

    /// <summary>Where the local store keeps finished files, absolute or under the content root.</summary>
    [Required]
    public string Folder { get; set; } = "data/files";

    /// <summary>How long a finished file is kept.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00", ErrorMessage = "Files:Retention must be between 00:00:01 and 3650.00:00:00.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long a link to the store lives to which a download is sent instead of passing through this application; zero: it passes through. Not with the local store.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "Files:SignedRedirect must be between 00:00:00 and 1.00:00:00.")]
    public TimeSpan SignedRedirect { get; set; } = TimeSpan.Zero;

    /// <summary>Whether an export that is expected to need more room than there is gets refused. Expectations can be wrong by far where a query is complicated.</summary>
    public bool RefuseWithoutRoom { get; set; } = true;

    /// <summary>Room that is left free where files are kept: an export that would need it is refused.</summary>
    [Range(typeof(long), "0", "9223372036854775807", ErrorMessage = "Files:ReserveBytes must be 0 or more.")]
    public long ReserveBytes { get; set; } = 500_000_000;

    /// <summary>The largest file that is read to be verified.</summary>
    [Range(typeof(long), "1", "9223372036854775807", ErrorMessage = "Files:MaxVerifyBytes must be 1 or more.")]
    public long MaxVerifyBytes { get; set; } = 10_000_000_000;
}

/// <summary>A kind of store.</summary>
internal enum StoreKind
{
    /// <summary>A folder, of this machine or one that all instances have.</summary>
    Local,

    /// <summary>A bucket of AWS, MinIO, R2, Ceph and others.</summary>
    S3,

    /// <summary>A container of Azure Blob Storage.</summary>
    Azure,
}
