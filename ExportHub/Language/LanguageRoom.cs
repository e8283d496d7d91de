using System.Globalization;

namespace ExportHub.Language;

/// <summary>Words for people.</summary>
internal static class LanguageRoom
{
    /// <summary>
    /// Who has chosen no language speaks English: programs, jobs, logs and what is stored, also on a server whose own language is another.
    /// </summary>
    public static IHostApplicationBuilder AddLanguage(this IHostApplicationBuilder builder)
    {
        CultureInfo.DefaultThreadCurrentUICulture = Text.Languages[0];
        return builder;
    }
}
