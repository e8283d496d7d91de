namespace ExportHub.Access;

/// <summary>Who looks after the service. What is theirs asks here, and nowhere else.</summary>
internal static class Operator
{
    /// <summary>The role <see cref="Roles.Admin"/>; for looking only, <see cref="Roles.Support"/> too. Where the request comes from does not matter.</summary>
    public static bool Is(HttpContext http) =>
        http.User.IsInRole(Roles.Admin) || (IsLooking(http.Request.Method) && http.User.IsInRole(Roles.Support));

    /// <summary>Whether a request of this method changes nothing.</summary>
    public static bool IsLooking(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
