using System.ComponentModel.DataAnnotations;

namespace ExportHub.Notifications.Webhooks;

/// <summary>Settings under `Webhooks`.</summary>
internal sealed class WebhooksOptions
{
    /// <summary>Whether a web hook may have an address without TLS.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Addresses and networks that are not public and that web hooks may lead to all the same, separated by commas.</summary>
    public string? AllowedNetworks { get; set; }

    /// <summary>How long one call may take in all.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Webhooks:Timeout must be from 00:00:00.1 to 00:01:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
