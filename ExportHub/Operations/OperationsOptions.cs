using System.ComponentModel.DataAnnotations;

namespace ExportHub.Operations;

/// <summary>Settings under `Operations`.</summary>
internal sealed class OperationsOptions
{
    /// <summary>Where metrics are sent: the base address of an OTLP receiver over HTTP, such as http://collector:4318. Without it nothing is sent.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>How often they are sent.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Operations:OtlpInterval must be between 00:00:01 and 01:00:00.")]
    public TimeSpan OtlpInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What is read while services are still being added.</summary>
    public static OperationsOptions Read(IConfiguration configuration) =>
        configuration.GetSection("Operations").Get<OperationsOptions>() ?? new OperationsOptions();

    public bool IsValid() => OtlpEndpoint is null or { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
