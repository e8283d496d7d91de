namespace ExportHub.Benchmarks;

/// <summary>A group of figures that can be asked for by name.</summary>
/// <param name="Name">The argument.</param>
/// <param name="Title">What --help says of it.</param>
/// <param name="Measure">Gives each figure as soon as it is known.</param>
internal sealed record Case(string Name, string Title, Func<Stage, IAsyncEnumerable<Figure>> Measure);
