namespace ExportHub.Access.Safeguards;

/// <summary>What a browser may do with our answers, in every answer and whatever room gave it.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// No inline script or style on our pages, so none is allowed. The picture in the tab that shows the progress is drawn by a script, as data:. Source: Content
    /// Security Policy Level 3.
    /// </summary>
    private const string Pages =
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>JSON, problem details and files are not to be shown as anything.</summary>
    private const string Programs = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Hangfire's pages have styles in their elements and pictures in their style sheet. Its scripts are files, so that none else runs.</summary>
    private const string Dashboard =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly (PathString Path, string Policy)[] Others =
        [("/api", Programs), ("/openapi", Programs), ("/health", Programs), ("/hangfire", Dashboard)];

    public static Task AddAsync(HttpContext http, RequestDelegate next)
    {
        var policy = PolicyOf(http.Request.Path);
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return Task.CompletedTask;
        });
        return next(http);
    }

    private static string PolicyOf(PathString path) =>
        Array.Find(Others, other => path.StartsWithSegments(other.Path, StringComparison.OrdinalIgnoreCase)).Policy ?? Pages;
}
