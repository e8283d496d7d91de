using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.History;

/// <summary>What one person's files take, in a sentence or two.</summary>
internal static class UsageWords
{
    public static string Of(PersonalUsage usage)
    {
        var room = usage.Quota is { } quota
            ? Text.Of("You use {0} of {1}.", Quantity.Size(usage.Bytes), Quantity.Size(quota))
            : Text.Of("Your files take {0}.", Quantity.Size(usage.Bytes));
        return usage.Kept == 0 ? room : $"{room} {Text.Of("Kept past their time: {0} of at most {1} files.", usage.Kept, usage.MostKept)}";
    }
}
