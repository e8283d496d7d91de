using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Schedules;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ExportHub.Api;

/// <summary>Criteria saved under a name.</summary>
internal static class TemplateEndpoints
{
    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/templates").WithTags("Templates");
        templates.MapGet("/", ListAsync).Produces<TemplateList>().WithSummary("The caller's templates and those shared with a role of the caller, without what they ask for.");
        templates.MapPost("/", AddAsync).Accepts<TemplateBody>("application/json").Produces<TemplateDocument>(StatusCodes.Status201Created)
            .WithSummary("Save a request under a name.");
        templates.MapGet("/{id:guid}", GetAsync).Produces<TemplateDocument>()
            .WithSummary("A template with what it asks for: the body of POST /api/exports. Without `version` the newest one.");
        templates.MapPut("/{id:guid}", ChangeAsync).Accepts<TemplateBody>("application/json").Produces<TemplateDocument>()
            .WithSummary("Replace name, description and sharing; with `request` a new version is made. Earlier versions never change.");
        templates.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent)
            .WithSummary("Delete a template. Exports made from it stay.");
        templates.MapGet("/{id:guid}/versions", VersionsAsync).Produces<TemplateVersionList>().WithSummary("Its versions, newest first.");
    }

    private static async Task<IResult> ListAsync(HttpContext http, PermittedTemplates templates, CancellationToken cancel, string? dataset = null)
    {
        var found = await templates.ListAsync(dataset, Viewer.Of(http.User), cancel);
        return TypedResults.Ok(new TemplateList([.. found.Select(template => TemplateSummary.Of(template, Viewer.Of(http.User)))]));
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, PermittedTemplates templates, CancellationToken cancel, int? version = null) =>
        await DocumentAsync(id, version, http, templates, cancel) is { } document ? TypedResults.Ok(document) : NoSuchTemplate(http);

    private static async Task<IResult> AddAsync(
        HttpContext http, SaveTemplate save, PermittedTemplates templates, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken cancel)
    {
        var (body, problem) = await JsonBody.ReadAsync<TemplateBody>(http, json.Value.SerializerOptions);
        if (body is null)
        {
            return problem!;
        }

        if (body.Request is null)
        {
            return Problems.Validation(http, new Dictionary<string, string[]> { ["request"] = ["Give what POST /api/exports takes."] });
        }

        return await save.AddAsync(body.Draft, body.Request, Viewer.Of(http.User), cancel) switch
        {
            TemplateOutcome.Saved saved => TypedResults.Created($"/api/templates/{saved.Id}", await DocumentAsync(saved.Id, saved.Version, http, templates, cancel)),
            var refused => Refuse(http, refused),
        };
    }

    private static async Task<IResult> ChangeAsync(
        Guid id, HttpContext http, SaveTemplate save, PermittedTemplates templates, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken cancel)
    {
        // Whose it is comes first: what is wrong with the body is nobody's to know of a template that is not there.
        if (await templates.FindAsync(id, version: null, Viewer.Of(http.User), cancel) is null)
        {
            return NoSuchTemplate(http);
        }

        var (body, problem) = await JsonBody.ReadAsync<TemplateBody>(http, json.Value.SerializerOptions);
        if (body is null)
        {
            return problem!;
        }

        return await save.ChangeAsync(id, body.Draft, body.Request, Viewer.Of(http.User), cancel) switch
        {
            TemplateOutcome.Saved saved when await DocumentAsync(id, saved.Version, http, templates, cancel) is { } document => TypedResults.Ok(document),
            var refused => Refuse(http, refused),
        };
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext http, SaveTemplate save, PermittedTemplates templates, CancellationToken cancel) =>
        await templates.FindAsync(id, version: null, Viewer.Of(http.User), cancel) is null ? NoSuchTemplate(http)
        : await save.DeleteAsync(id, Viewer.Of(http.User), cancel) switch
        {
            TemplateOutcome.Saved => TypedResults.NoContent(),
            var refused => Refuse(http, refused),
        };

    private static async Task<IResult> VersionsAsync(Guid id, HttpContext http, PermittedTemplates templates, CancellationToken cancel) =>
        await templates.FindAsync(id, version: null, Viewer.Of(http.User), cancel) is { } found
            ? TypedResults.Ok(new TemplateVersionList(await templates.ListVersionsAsync(found.Template, Viewer.Of(http.User), cancel)))
            : NoSuchTemplate(http);

    private static async Task<TemplateDocument?> DocumentAsync(Guid id, int? version, HttpContext http, PermittedTemplates templates, CancellationToken cancel) =>
        await templates.FindAsync(id, version, Viewer.Of(http.User), cancel) is { } found ? TemplateDocument.Of(found, Viewer.Of(http.User)) : null;

    private static ProblemHttpResult Refuse(HttpContext http, TemplateOutcome outcome) => outcome switch
    {
        TemplateOutcome.Rejected rejected => Problems.Validation(http, rejected.Errors),
        TemplateOutcome.NotPermitted refused => Problems.NotPermitted(http, refused.Message),
        _ => NoSuchTemplate(http),
    };

    private static ProblemHttpResult NoSuchTemplate(HttpContext http) => Problems.Of(http, StatusCodes.Status404NotFound, "There is no such template.");
}

/// <summary>The body of POST and PUT /api/templates.</summary>
/// <param name="SharedWith">Roles; `*` means everybody.</param>
/// <param name="Request">The body of POST /api/exports; in a PUT, nothing keeps the one that is there.</param>
internal sealed record TemplateBody(string? Name = null, string? Description = null, IReadOnlyList<string>? SharedWith = null, ExportRequest? Request = null)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public TemplateDraft Draft => new(Name, Description, SharedWith);
}

internal sealed record TemplateList(IReadOnlyList<TemplateSummary> Items);

internal sealed record TemplateVersionList(IReadOnlyList<TemplateVersion> Items);

/// <param name="Version">The newest.</param>
/// <param name="MayChange">Whether it is the caller's to change.</param>
/// <param name="IsDefault">Whether the caller's request page of the dataset begins with it by the caller's own choice.</param>
/// <param name="IsDefaultForAll">Whether an administrator let everybody begin with it.</param>
internal sealed record TemplateSummary(
    Guid Id, string Name, string? Description, string Dataset, string Owner, IReadOnlyList<string> SharedWith, int Version, DateTimeOffset SavedAt, bool MayChange, bool IsDefault, bool IsDefaultForAll)
{
    public static TemplateSummary Of(Template template, Viewer viewer) => new(
        template.Id, template.Name, template.Description, template.Dataset, template.Owner, template.SharedWith, template.Latest, template.SavedAt, template.MayChange(viewer),
        template.IsOwnDefault, template.IsDefaultForAll);
}

/// <param name="Version">The one that this is.</param>
/// <param name="Latest">The newest.</param>
/// <param name="Request">What to send to POST /api/exports, as far as the dataset still has it for the caller.</param>
/// <param name="IsWhole">False where parts were left out because their columns are not there any more, or not for the caller: it asks for other rows then.</param>
internal sealed record TemplateDocument(
    Guid Id, string Name, string? Description, string Dataset, string Owner, IReadOnlyList<string> SharedWith, int Version, int Latest, string SavedBy, DateTimeOffset SavedAt, bool MayChange,
    bool IsDefault, bool IsDefaultForAll, ExportRequest Request, bool IsWhole)
{
    public static TemplateDocument Of(UsableTemplate found, Viewer viewer)
    {
        var template = found.Template;
        return new TemplateDocument(
            template.Id, template.Name, template.Description, template.Dataset, template.Owner, template.SharedWith, template.Version, template.Latest, template.SavedBy, template.SavedAt,
            template.MayChange(viewer), template.IsOwnDefault, template.IsDefaultForAll, found.Request, found.LeftOut.Count == 0);
    }
}
