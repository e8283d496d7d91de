namespace ExportHub.Formats;

/// <summary>A column of a file.</summary>
/// <param name="Name">The technical name: the key in JSON.</param>
/// <param name="Title">What people read above the column.</param>
/// <param name="Type">How its cells arrive.</param>
internal sealed record FileColumn(string Name, string Title, CellType Type);
