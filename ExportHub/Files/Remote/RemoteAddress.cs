namespace ExportHub.Files.Remote;

internal static class RemoteAddress
{
    public static bool IsOne(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query == "";
}
