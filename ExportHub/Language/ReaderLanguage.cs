using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace ExportHub.Language;

/// <summary>Takes the language of a request from the reader's choice, else from the browser.</summary>
internal static class ReaderLanguage
{
    /// <summary>
    /// Only <see cref="CultureInfo.CurrentUICulture"/> changes. What reads and writes values goes on as everywhere else, so that no comma becomes a point.
    /// </summary>
    public static IApplicationBuilder UseReaderLanguage(this IApplicationBuilder app) => app.UseRequestLocalization(options =>
    {
        options.DefaultRequestCulture = new RequestCulture(CultureInfo.CurrentCulture, Text.Languages[0]);
        options.SupportedCultures = [CultureInfo.CurrentCulture];
        options.SupportedUICultures = [.. Text.Languages];
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
    });
}
