namespace ExportHub.Pages.Look;

/// <summary>Light or dark, chosen in this browser. The server writes it into the page, so that no page is first drawn in the other.</summary>
internal static class Theme
{
    public const string Cookie = "exporthub-theme";

    public static readonly IReadOnlyList<string> All = ["light", "dark"];

    /// <summary>Null when the reader follows the system.</summary>
    public static string? Of(HttpRequest request) => Known(request.Cookies[Cookie]);

    /// <summary>The name if it is one of <see cref="All"/>, else null.</summary>
    public static string? Known(string? name) => All.FirstOrDefault(theme => theme == name);
}
