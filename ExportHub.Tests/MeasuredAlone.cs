namespace ExportHub.Tests;

/// <summary>Tests that measure the whole process, so nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = nameof(MeasuredAlone);

    /// <summary>
    /// What a row may allocate. Measured are 1 to 4 bytes, mostly of the threads that compress and write; a single object per row would be 24.
    /// </summary>
    public const int BytesPerRow = 32;
}
