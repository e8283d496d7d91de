using Microsoft.AspNetCore.StaticFiles;

namespace ExportHub.Pages;

/// <summary>What a browser is told about pages and their files.</summary>
internal static class PageHeaders
{
    /// <summary>No inline script or style anywhere, so none is allowed. Source: Content Security Policy Level 3.</summary>
    private const string ContentPolicy =
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var response = context.Response;
        response.OnStarting(() =>
        {
            response.Headers.ContentSecurityPolicy = ContentPolicy;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers["Referrer-Policy"] = "no-referrer";
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
