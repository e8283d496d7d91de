using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Schedules;

namespace ExportHub.Pages.Templates;

/// <summary>What the request page shows of templates.</summary>
public sealed class TemplateView
{
    internal TemplateView(UsableTemplate? used, Viewer viewer)
    {
        (Used, Viewer) = (used, viewer);
        // The name stands ready for the owner; somebody else's own copy needs a name of its own.
        Form = used is null ? new TemplateForm() : TemplateForm.Of(used.Template);
    }

    /// <summary>Null when the form began without a template.</summary>
    internal UsableTemplate? Used { get; }

    internal TemplateForm Form { get; init; }

    internal Viewer Viewer { get; }

    /// <summary>Nobody asked for it: it is the default of the dataset.</summary>
    internal bool IsDefault { get; init; }

    /// <summary>The address names a template that is not there.</summary>
    internal bool IsLost { get; init; }

    internal bool IsSaved { get; init; }

    /// <summary>Newest first; on the template's own page only.</summary>
    internal IReadOnlyList<TemplateVersion> Versions { get; init; } = [];

    internal bool MayChange => Used?.Template.MayChange(Viewer) ?? false;

    internal FromTemplate? Origin => Used is { Template: var template } ? new FromTemplate(template.Id, template.Version) : null;

    /// <summary>The titles or names of what the dataset has not; nothing where that is not the viewer's to know.</summary>
    internal string? Missing => MayChange && Used!.LeftOut.Count > 0 ? string.Join(", ", Used.LeftOut) : null;
}
