using ExportHub.Language;

namespace ExportHub.Pages.Status;

/// <summary>What is said of the cells of a column, as a receipt names it, in a few words.</summary>
internal static class RemarkWords
{
    /// <summary>By its own name when it is new here.</summary>
    public static string Of(string kind) => kind switch
    {
        "guarded" => Text.Of("guarded"),
        "cut" => Text.Of("cut"),
        "numberAsText" => Text.Of("number as text"),
        "dateAsText" => Text.Of("date as text"),
        "unreadable" => Text.Of("unreadable"),
        "wholeSeconds" => Text.Of("whole seconds"),
        "losesZeros" => Text.Of("loses zeros"),
        "losesDigits" => Text.Of("loses digits"),
        "becomesDate" => Text.Of("becomes date"),
        "becomesPower" => Text.Of("becomes power"),
        "overlong" => Text.Of("overlong"),
        "beyondSheet" => Text.Of("beyond sheet"),
        _ => kind,
    };
}
