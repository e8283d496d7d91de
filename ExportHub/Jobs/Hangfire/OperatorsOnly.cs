using ExportHub.Access;
using Hangfire.Dashboard;

namespace ExportHub.Jobs.Hangfire;

/// <summary>
/// Lets in who may look after the service; Hangfire's own filter lets everybody in behind a proxy on the same host. Who may only look is kept from acting by
/// <see cref="DashboardOptions.IsReadOnlyFunc"/>, not here, because the dashboard asks for its figures by POST.
/// </summary>
internal sealed class OperatorsOnly : IDashboardAuthorizationFilter
{
    public bool Authorize(DashboardContext context) =>
        context.GetHttpContext().User is var user && (user.IsInRole(Roles.Admin) || user.IsInRole(Roles.Support));
}
