using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportHub.Api;

/// <summary>The HTTP door: JSON endpoints, problem details on every error, OpenAPI, health.</summary>
internal static class ApiRoom
{
    private static readonly string[] ProgramPaths = ["/api", "/openapi", "/health"];

    public static void AddApi(this IHostApplicationBuilder builder)
    {
        // It writes whole addresses, and in that of a signed link is what opens a file.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Services.AddOpenApi("v1");
        builder.Services.AddExceptionHandler<UnhandledErrors>();
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context => Refusals.Explain(context.ProblemDetails));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        });
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseWhen(IsForPrograms, programs =>
        {
            // An answered error is still an error and belongs into the log, unless it is the client's.
            programs.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = error => error.Exception is BadHttpRequestException });
            programs.UseStatusCodePages();
        });
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        var api = app.MapGroup("/api");
        api.MapExports();
        api.MapFiles();
        api.MapKeeping();
        api.MapLinks();
        api.MapReceipts();
        api.MapVerify();
        api.MapDatasets();
        api.MapTemplates();
        api.MapSchedules();
        api.MapTargets();
        api.MapDeliveries();
        api.MapPreview();
        api.MapOperations();
        api.MapAudit();
    }

    /// <summary>Whether problem details answer; for all else the pages do.</summary>
    internal static bool IsForPrograms(HttpContext http) =>
        Array.Exists(ProgramPaths, path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
