namespace ExportHub.Exports;

/// <summary>What the job engine tells of itself to administrators.</summary>
internal interface IJobEngine
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>The address of its own page for administrators; null when it has none.</summary>
    string? Dashboard { get; }

    /// <summary>The running instances of the application, as far as the engine has heard of them lately.</summary>
    Task<IReadOnlyList<JobInstance>> InstancesAsync(CancellationToken cancel);
}

/// <param name="Name">Of the machine, and whatever else tells instances apart.</param>
/// <param name="SeenAt">When it last gave a sign of life.</param>
internal sealed record JobInstance(string Name, DateTimeOffset SeenAt);
