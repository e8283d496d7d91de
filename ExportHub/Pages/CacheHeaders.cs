using Microsoft.AspNetCore.StaticFiles;

namespace ExportHub.Pages;

/// <summary>How long a browser keeps pages and their files.</summary>
internal static class CacheHeaders
{
    public static Task OfPageAsync(HttpContext context, RequestDelegate next)
    {
        var response = context.Response;
        response.OnStarting(() =>
        {
            if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
            {
                // Antiforgery says no-store. Without it "Back" shows the form as it was filled in, with its key, and asks for nothing twice.
                response.Headers.CacheControl = "private, no-cache";
                response.Headers.Remove("Pragma");
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>An address with a version never changes its content; any other is asked for again each time.</summary>
    public static void OfStaticFile(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl =
            file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
}
