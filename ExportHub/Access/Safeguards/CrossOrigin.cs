namespace ExportHub.Access.Safeguards;

/// <summary>
/// Refuses what another site lets a browser do with the session of its user: each request that may change something and comes from elsewhere. It stands
/// before the antiforgery token of our forms and covers the JSON endpoints, which have none. A request without the headers is not a browser's.
/// </summary>
/// <remarks>
/// Source: Fetch Metadata Request Headers (W3C), `Sec-Fetch-Site`, which browsers send to https and to this machine only; elsewhere `Origin` (RFC 6454, 7)
/// has to name the host that was asked.
/// </remarks>
internal static class CrossOrigin
{
    public static Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (!Operator.IsLooking(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method) && !IsOurs(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(http);
    }

    private static bool IsOurs(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site == "same-origin" || site == "none";
        }

        return !request.Headers.TryGetValue("Origin", out var origin)
            || Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
