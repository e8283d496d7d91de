using ExportHub.Exports;

namespace ExportHub.Api;

/// <summary>The door of an instance that only works: whoever asks how it is gets an answer, and nobody else gets in.</summary>
internal static class WorkerDoor
{
    /// <summary>Call it before everything else. It does nothing unless `ExportHub:Role` is `Worker`.</summary>
    public static void UseRole(this WebApplication app)
    {
        if (InstanceOptions.RoleOf(app.Configuration) == InstanceRole.Worker)
        {
            app.Use(AnswerAsync);
        }
    }

    private static Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync("This instance makes exports. It answers /health/live and /health/ready only.\n", http.RequestAborted);
    }
}
