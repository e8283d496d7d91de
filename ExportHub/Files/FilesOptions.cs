using System.ComponentModel.DataAnnotations;

namespace ExportHub.Files;

/// <summary>Settings under `Files`.</summary>
internal sealed class FilesOptions
{
    /// <summary>Where the local store keeps finished files, absolute or under the content root.</summary>
    [Required]
    public string Folder { get; set; } = "data/files";

    /// <summary>How long a finished file is kept.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00", ErrorMessage = "Files:Retention must be between 00:00:01 and 3650.00:00:00.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The largest file that is read to be verified.</summary>
    [Range(typeof(long), "1", "9223372036854775807", ErrorMessage = "Files:MaxVerifyBytes must be 1 or more.")]
    public long MaxVerifyBytes { get; set; } = 10_000_000_000;
}
