using ExportHub.Notifications.Targets;
using ExportHub.Pages.Request;

namespace ExportHub.Pages.Places;

/// <summary>What <see cref="PlaceTable"/> shows.</summary>
public sealed class PlaceListView
{
    internal IReadOnlyList<Target> Targets { get; init; } = [];
}

/// <summary>What <see cref="PlaceFields"/> shows.</summary>
public sealed class PlaceView
{
    internal TargetKind Kind { get; init; }

    internal PlaceForm Form { get; init; } = new();

    internal bool IsNew { get; init; }

    internal bool HasSecret { get; init; }

    internal IReadOnlyList<FormError> Errors { get; init; } = [];

    internal string? For(string field) => Errors.FirstOrDefault(error => error.Field == field)?.Message;
}
