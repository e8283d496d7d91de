using System.ComponentModel.DataAnnotations;
using ExportHub.Files.Remote;

namespace ExportHub.Files.Azure;

/// <summary>Settings under `Files:Azure`, for `Files:Store` = `Azure`.</summary>
internal sealed class AzureOptions
{
    public const string Section = "Files:Azure";

    public string Container { get; set; } = "";

    /// <summary>Name of the storage account.</summary>
    public string Account { get; set; } = "";

    /// <summary>Key of the account, in Base64.</summary>
    public string? Key { get; set; }

    /// <summary>Instead of a key: a shared access signature that may read, add, create, write, delete and list in the container.</summary>
    public string? Sas { get; set; }

    /// <summary>Address of the account, where it is not `https://{account}.blob.core.windows.net`.</summary>
    public string? Endpoint { get; set; }

    /// <summary>What every name begins with, such as `exports/`.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Encryption scope of the account; null leaves it to the container.</summary>
    public string? EncryptionScope { get; set; }

    /// <summary>Size of the first thousand blocks, and of the memory that a file takes while it is written.</summary>
    [Range(64 * 1024, PartSize.Largest, ErrorMessage = "Files:Azure:BlockBytes must be between 65536 and 1073741824.")]
    public long BlockBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Null when a store can be made of this; otherwise a sentence that names the setting.</summary>
    public string? Fault() =>
        Container.Length == 0 ? "Files:Azure:Container must be the name of a container."
        : Account.Length == 0 ? "Files:Azure:Account must be the name of a storage account."
        : Endpoint is { Length: > 0 } && !RemoteAddress.IsOne(Endpoint) ? "Files:Azure:Endpoint must be an address such as https://files.blob.core.windows.net."
        : string.IsNullOrEmpty(Key) == string.IsNullOrEmpty(Sas) ? "Either Files:Azure:Key or Files:Azure:Sas must be given, and not both."
        : Key is { Length: > 0 } && !Convert.TryFromBase64String(Key, new byte[Key.Length], out _) ? "Files:Azure:Key must be the key of the account, in Base64."
        : Prefix.StartsWith('/') ? "Files:Azure:Prefix must not begin with a slash."
        : null;
}
