namespace ExportHub.Access;

/// <summary>Who may see how the service is doing and switch things off. Everything that is the administrator's asks here, and nowhere else.</summary>
internal static class Administrator
{
    /// <summary>Until people sign in, whoever sits at the machine.</summary>
    public static bool Is(HttpContext http) => LocalRequests.IsLocal(http);
}
