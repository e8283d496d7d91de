using System.Security.Cryptography;
using System.Text;

namespace ExportHub.Pages.Request;

/// <summary>The idempotency key of a form that was sent.</summary>
internal static class FormKey
{
    /// <summary>
    /// The form's own key with a digest of what was filled in: a double click or a second sending after "Back" finds the same export,
    /// and the same form with other choices asks for another one.
    /// </summary>
    public static string Of(RequestForm form, IFormCollection sent)
    {
        var fields = sent
            .Where(field => field.Key is not ("act" or "order" or "addFilter" or "__RequestVerificationToken"))
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}={string.Join('\u001f', field.Value.ToArray())}")
            .Concat(form.Filters.Where(row => row.File is not null).Select(row => $"file={row.Lines}"));
        return "page-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001e', fields))));
    }
}
