using ExportHub.Access;
using Hangfire.Dashboard;

namespace ExportHub.Jobs.Hangfire;

/// <summary>Lets in who sits at the machine. Hangfire's own filter lets everybody in behind a proxy on the same host.</summary>
internal sealed class LocalRequestsOnly : IDashboardAuthorizationFilter
{
    public bool Authorize(DashboardContext context) => LocalRequests.IsLocal(context.GetHttpContext());
}
