using ExportHub.Language;
using ExportHub.Schedules;

namespace ExportHub.Pages.Templates;

/// <summary>Why a template was not saved, beside the fields of the page.</summary>
internal static class TemplateFaults
{
    public static void Tell(TemplateOutcome outcome, Action<string, string> fault)
    {
        switch (outcome)
        {
            case TemplateOutcome.Rejected rejected:
                foreach (var (field, messages) in rejected.Errors)
                {
                    fault(field is "name" or "description" or "sharedWith" ? $"template.{field}" : field, string.Join(' ', messages));
                }

                break;
            case TemplateOutcome.NotPermitted refused:
                fault("", refused.Message);
                break;
            case TemplateOutcome.Unknown:
                fault("", Text.Of("This template was deleted or is no longer shared with you, so nothing was saved."));
                break;
        }
    }
}
