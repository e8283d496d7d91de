namespace ExportHub.Tests.Faults;

/// <summary>Tests that start processes take turns, so that a small machine has few of them at a time.</summary>
[CollectionDefinition(Name)]
public sealed class DamagedInTurn
{
    public const string Name = nameof(DamagedInTurn);
}
