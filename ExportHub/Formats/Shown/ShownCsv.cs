using System.Text;

namespace ExportHub.Formats.Shown;

/// <summary>The fields of a CSV file without the quotes around them (RFC 4180).</summary>
internal static class ShownCsv
{
    private const char Mark = '\uFEFF';

    public static IReadOnlyList<IReadOnlyList<string>> Read(string text, FormatSettings settings)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        for (var at = text.StartsWith(Mark) ? 1 : 0; at < text.Length;)
        {
            row.Add(Field(text, ref at, settings));
            if (at < text.Length && text[at] == settings.Delimiter)
            {
                at++;
                if (at < text.Length)
                {
                    continue;
                }
            }

            at += settings.LineEnd.Length;
            rows.Add(row);
            row = [];
        }

        return rows;
    }

    private static string Field(string text, ref int at, FormatSettings settings)
    {
        if (text[at] != '"')
        {
            var start = at;
            var end = text.AsSpan(at).IndexOfAny(settings.Delimiter, settings.LineEnd[0]);
            at = end < 0 ? text.Length : at + end;
            return text[start..at];
        }

        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                field.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append(text[at++]);
            }
            else
            {
                at++;
                break;
            }
        }

        return field.ToString();
    }
}
