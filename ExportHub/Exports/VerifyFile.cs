using System.Globalization;
using ExportHub.Access;

namespace ExportHub.Exports;

/// <summary>Tells of which export a file is, and whether it is as it was written. Only the hash decides; a name or an Export ID is what it is compared with.</summary>
internal sealed class VerifyFile(ReceiptStore receipts)
{
    /// <param name="named">The export that the file is said to be of; null when nobody says.</param>
    /// <param name="fileName">What the file is called; null when it is not known.</param>
    public async Task<Verification> AskAsync(FileFingerprint file, Guid? named, string? fileName, Viewer viewer, CancellationToken cancel)
    {
        var written = await receipts.FindByHashAsync(file.Sha256, named, fileName, viewer, cancel);
        if (written is not null && (named is null || written.Id == named))
        {
            return new(file.Sha256, file.Bytes, Known: true, Unchanged: true, written, null, $"This is exactly {Told(written)}.");
        }

        var claimed = await receipts.FindClaimedAsync(named, fileName, viewer, cancel);
        return (written, claimed) switch
        {
            (not null, not null) => new(
                file.Sha256, file.Bytes, Known: true, Unchanged: false, written, claimed, $"This is not {Told(claimed)}. It is exactly {Told(written)}."),
            (null, not null) => new(
                file.Sha256, file.Bytes, Known: false, Unchanged: false, null, claimed, $"This is not {Told(claimed)}, or it has been changed since."),
            _ => new(
                file.Sha256, file.Bytes, Known: false, Unchanged: null, null, null, "ExportHub wrote no file with exactly these bytes: it is from elsewhere, or has been changed."),
        };
    }

    private static string Told(KnownFile file) =>
        $"what ExportHub wrote on {file.FinishedAt.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)} for {file.Title}, {file.Part ?? file.FileName}";
}

/// <summary>What there is to say of a file.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Bytes">Null when only the hash was given.</param>
/// <param name="Known">Whether ExportHub wrote a file, or a part of one, with exactly these bytes.</param>
/// <param name="Unchanged">True: it is what was written, and of the export that was named, if one was. False: it is not what was written for the
/// export it is said to be of. Null: unknown, and nothing to compare it with.</param>
/// <param name="Export">The export it is of; null when it is not known.</param>
/// <param name="Claimed">The export it is said to be of by its Export ID or its name, but is not; null otherwise.</param>
/// <param name="Message">All of it in words.</param>
internal sealed record Verification(
    string Sha256, long? Bytes, bool Known, bool? Unchanged, KnownFile? Export, KnownFile? Claimed, string Message);

/// <summary>A file that ExportHub wrote, whether or not it is still kept.</summary>
internal sealed record KnownFile
{
    public required Guid Id { get; init; }

    public required string Dataset { get; init; }

    /// <summary>What people call the dataset.</summary>
    public required string Title { get; init; }

    public required string FileName { get; init; }

    /// <summary>The file inside of the file, where that is meant: bytes and hash are then its own.</summary>
    public string? Part { get; init; }

    public required long Bytes { get; init; }

    public required string Sha256 { get; init; }

    public DateTimeOffset DataAsOf { get; init; }

    public DateTimeOffset FinishedAt { get; init; }
}
