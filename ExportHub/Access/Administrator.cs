namespace ExportHub.Access;

/// <summary>Who may see how the service is doing and switch things off. Everything that is the administrator's asks here, and nowhere else.</summary>
internal static class Administrator
{
    /// <summary>The role <see cref="Roles.Admin"/>; for looking only, <see cref="Roles.Support"/> too. Where the request comes from does not matter.</summary>
    public static bool Is(HttpContext http) =>
        http.User.IsInRole(Roles.Admin) || (IsLooking(http.Request) && http.User.IsInRole(Roles.Support));

    private static bool IsLooking(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
