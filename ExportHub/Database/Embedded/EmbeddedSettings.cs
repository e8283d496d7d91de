namespace ExportHub.Database.Embedded;

internal sealed record EmbeddedSettings
{
    /// <summary>Absolute path of the wanted data folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Null means: search the usual places.</summary>
    public string? BinaryFolder { get; init; }

    /// <summary>Whom root runs the server as.</summary>
    public string ServerUser { get; init; } = "postgres";

    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>False for throw-away data only: faster, and a power cut may ruin the cluster.</summary>
    public bool Durable { get; init; } = true;

    public IEnumerable<string> BinaryPlaces { get; init; } = PostgresBinaries.UsualPlaces();
}
