namespace ExportHub.Exports;

/// <summary>With which version of which template an export was begun. Its own criteria say what was asked for; the template may have been changed on the way.</summary>
internal sealed record FromTemplate(Guid Id, int Version);
