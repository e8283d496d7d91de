using ExportHub.Access;
using Hangfire.Dashboard;

namespace ExportHub.Jobs.Hangfire;

/// <summary>Lets administrators in. Hangfire's own filter lets everybody in behind a proxy on the same host.</summary>
internal sealed class AdministratorsOnly : IDashboardAuthorizationFilter
{
    public bool Authorize(DashboardContext context) => Administrator.Is(context.GetHttpContext());
}
