using System.Text;

namespace ExportHub.Database;

/// <summary>What somebody sent, as PostgreSQL can take it: it has no NUL in a text and no half of a surrogate pair. What is looked up with it is then not found.</summary>
internal static class StorableText
{
    public static string? Of(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
