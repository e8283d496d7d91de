using ExportHub.Access;

namespace ExportHub.Jobs.Hangfire;

/// <summary>Keeps what an administrator does on the dashboard, before it is done: Hangfire itself keeps no names.</summary>
internal static class DashboardAudit
{
    /// <summary>Ids of jobs in one entry; a page of the dashboard sends more only when somebody has made it so.</summary>
    private const int MostJobs = 50;

    public static async Task KeepAsync(HttpContext http, RequestDelegate next)
    {
        if (IsCommand(http.Request) && http.User.IsInRole(Roles.Admin))
        {
            var jobs = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["jobs[]"] : [];
            var command = http.Request.Path.Value![HangfireJobEngine.DashboardPath.Length..].TrimStart('/');
            await http.RequestServices.GetRequiredService<AuditStore>().WriteAsync(
                Actor.Of(http),
                new AuditEvent(AuditActs.Dashboard) { Details = new { command, jobs = jobs.Count == 0 ? null : jobs.Take(MostJobs) } },
                http.RequestAborted);
        }

        await next(http);
    }

    /// <summary>The dashboard asks for its figures by POST too.</summary>
    private static bool IsCommand(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.Path.StartsWithSegments(HangfireJobEngine.DashboardPath, StringComparison.OrdinalIgnoreCase, out var rest)
        && !rest.StartsWithSegments("/stats", StringComparison.OrdinalIgnoreCase);
}
