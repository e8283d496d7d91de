using ExportHub.Access;
using ExportHub.Schedules;

namespace ExportHub.Pages.Templates;

/// <summary>The fields that say what a template is called, and on the request page from which one the form was filled.</summary>
internal sealed class TemplateForm
{
    /// <summary>What people write for <see cref="Template.Everybody"/>.</summary>
    private const string Everybody = "everybody";

    public string? TemplateName { get; set; }

    public string? TemplateDescription { get; set; }

    /// <summary>Roles, separated by commas.</summary>
    public string? TemplateShared { get; set; }

    public Guid? Template { get; set; }

    public int? TemplateVersion { get; set; }

    public TemplateDraft Draft => new(
        TemplateName, TemplateDescription, [.. People.ReadRoles(TemplateShared).Select(role => role == Everybody ? ExportHub.Schedules.Template.Everybody : role)]);

    public static TemplateForm Of(Template template) => new()
    {
        TemplateName = template.Name,
        TemplateDescription = template.Description,
        TemplateShared = Words(template.SharedWith),
        Template = template.Id,
        TemplateVersion = template.Version,
    };

    public static string Words(IEnumerable<string> roles) => string.Join(", ", roles.Select(role => role == ExportHub.Schedules.Template.Everybody ? Everybody : role));
}
