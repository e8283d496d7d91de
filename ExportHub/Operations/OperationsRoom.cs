using ExportHub.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ExportHub.Operations;

internal static class OperationsRoom
{
    /// <summary>Health checks with the tag `ready` decide whether this instance may get requests.</summary>
    public static void AddOperations(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"], timeout: TimeSpan.FromSeconds(3));
}

/// <summary>Ready means that the own database answers.</summary>
internal sealed class DatabaseHealth(DatabaseProbe probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await probe.IsUpAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database does not answer.");
}
