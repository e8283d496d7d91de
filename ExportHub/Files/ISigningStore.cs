namespace ExportHub.Files;

/// <summary>A store that can hand a file out itself, to whoever has a link that this application signed.</summary>
internal interface ISigningStore
{
    /// <summary>A link to the file under <paramref name="name"/>, which need not be there. It opens with GET only, and until <paramref name="lifetime"/> is over.</summary>
    Task<Uri> SignAsync(string name, FileLabel label, TimeSpan lifetime, CancellationToken cancel);
}
