namespace ExportHub.Schedules;

/// <summary>What became of a change to a template.</summary>
internal abstract record TemplateOutcome
{
    /// <param name="Version">The newest.</param>
    internal sealed record Saved(Guid Id, int Version) : TemplateOutcome;

    /// <summary>Field by field, what is wrong: `name`, `description`, `sharedWith`, and those of the request as POST /api/exports names them.</summary>
    internal sealed record Rejected(IReadOnlyDictionary<string, string[]> Errors) : TemplateOutcome;

    /// <summary>The person may see it, but not do this; the sentence says why.</summary>
    internal sealed record NotPermitted(string Message) : TemplateOutcome;

    /// <summary>There is none that the person may see.</summary>
    internal sealed record Unknown : TemplateOutcome;
}
