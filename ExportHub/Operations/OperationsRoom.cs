using ExportHub.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ExportHub.Operations;

internal static class OperationsRoom
{
    /// <summary>Health checks with the tag `ready` decide whether this instance may get requests.</summary>
    public static void AddOperations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"], timeout: TimeSpan.FromSeconds(3));
        builder.Services.AddOptions<OperationsOptions>().BindConfiguration("Operations").ValidateDataAnnotations()
            .Validate(o => o.IsValid(), "Operations:OtlpEndpoint must be an address such as http://collector:4318, or not be given.")
            .ValidateOnStart();
        builder.Services.AddSingleton<OperationsStore>().AddSingleton<WatchOperations>().AddSingleton<AdminActs>();
        builder.Services.AddHostedService<QueueGauges>();
        builder.AddMetricsExport();
    }
}

/// <summary>Ready means that the own database answers.</summary>
internal sealed class DatabaseHealth(DatabaseProbe probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await probe.IsUpAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database does not answer.");
}
