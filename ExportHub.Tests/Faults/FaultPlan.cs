using System.Globalization;

namespace ExportHub.Tests.Faults;

/// <summary>Where in a file store a fault may strike.</summary>
internal enum StoreCall
{
    Create,
    Write,

    /// <summary>Of a commit, before the file has its name.</summary>
    Flush,
    Rename,
    Read,
    Delete,
}

internal enum Damage
{
    /// <summary>An I/O error; nothing was done.</summary>
    Fails,

    /// <summary>It is done, and then said to have failed.</summary>
    FailsAfterwards,

    /// <summary>Only half of the bytes pass, and nobody says so.</summary>
    Short,

    /// <summary>No space left.</summary>
    Full,

    /// <summary>It is done, late.</summary>
    Slow,
}

/// <summary>A fault of the store: the calls of a kind that are damaged, by their number. The same seed always gives the same plan.</summary>
internal sealed record FaultPlan(StoreCall Call, Damage Damage, int First, int Times, int? Seed = null)
{
    private static readonly (StoreCall Call, Damage Damage)[] WhileWriting =
    [
        (StoreCall.Create, Damage.Fails), (StoreCall.Create, Damage.Full),
        (StoreCall.Write, Damage.Fails), (StoreCall.Write, Damage.Short), (StoreCall.Write, Damage.Full), (StoreCall.Write, Damage.Slow),
        (StoreCall.Flush, Damage.Fails), (StoreCall.Flush, Damage.Full),
        (StoreCall.Rename, Damage.Fails), (StoreCall.Rename, Damage.FailsAfterwards),
    ];

    /// <summary>Nothing is damaged.</summary>
    public static FaultPlan None { get; } = new(StoreCall.Create, Damage.Fails, First: 1, Times: 0);

    public static FaultPlan Of(int seed)
    {
        var random = new Random(seed);
        var (call, damage) = WhileWriting[random.Next(WhileWriting.Length)];
        return new(call, damage, First: call == StoreCall.Write ? random.Next(1, 5) : 1, Times: random.Next(1, 6), seed);
    }

    /// <param name="number">Of the call among those of its kind, from 1.</param>
    public bool Strikes(StoreCall call, int number) => call == Call && number >= First && number < First + Times;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Call} {First} to {First + Times - 1}: {Damage}{(Seed is { } seed ? $" (seed {seed})" : "")}");
}
