using ExportHub.Files;

namespace ExportHub.Tests.Faults;

/// <param name="target">The folder that a commit renames into.</param>
internal sealed class FaultyPart(FaultyStore store, IFilePart part, string target) : IFilePart
{
    public Stream Stream { get; } = new FaultyStream(store, part.Stream);

    public async Task CommitAsync(long expectedLength, CancellationToken cancel)
    {
        await store.StrikeAsync(StoreCall.Flush);
        var damage = await BeforeRenameAsync(expectedLength, cancel);
        await part.CommitAsync(expectedLength, cancel);
        if (damage is Damage.FailsAfterwards)
        {
            throw new IOException("By plan, after the rename.");
        }
    }

    public ValueTask DisposeAsync() => part.DisposeAsync();

    private async Task<Damage?> BeforeRenameAsync(long expectedLength, CancellationToken cancel)
    {
        try
        {
            return await store.StrikeAsync(StoreCall.Rename);
        }
        catch (IOException)
        {
            await CommitInVainAsync(expectedLength, cancel);
            throw;
        }
    }

    /// <summary>A real commit that really cannot rename: a file stands where its folder should be.</summary>
    private async Task CommitInVainAsync(long expectedLength, CancellationToken cancel)
    {
        await File.WriteAllTextAsync(target, "in the way", cancel);
        try
        {
            await Assert.ThrowsAnyAsync<IOException>(() => part.CommitAsync(expectedLength, cancel));
        }
        finally
        {
            File.Delete(target);
        }
    }
}
