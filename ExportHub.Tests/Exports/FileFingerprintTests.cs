using ExportHub.Exports;

namespace ExportHub.Tests.Exports;

public sealed class FileFingerprintTests
{
    private const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData(OfNothing, true)]
    [InlineData(" E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855\r\n", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85", false)]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855a", false)]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", false)]
    [InlineData("٣3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", false)]
    public void A_hash_is_64_hexadecimal_digits(string? text, bool valid) =>
        Assert.Equal(valid ? new FileFingerprint(OfNothing, null) : null, FileFingerprint.OfText(text));

    [Fact]
    public async Task A_file_is_known_by_the_hash_of_its_bytes()
    {
        Assert.Equal(new FileFingerprint(OfNothing, 0), await FileFingerprint.OfAsync(Stream.Null, 1, default));
        Assert.Equal(
            new FileFingerprint("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3),
            await FileFingerprint.OfAsync(new MemoryStream("abc"u8.ToArray()), 3, default));
    }

    [Fact]
    public async Task One_byte_too_many_ends_the_reading()
    {
        var file = new MemoryStream(new byte[1_000_000]);

        Assert.Null(await FileFingerprint.OfAsync(file, 999_999, default));
        Assert.NotNull(await FileFingerprint.OfAsync(new MemoryStream(new byte[1_000_000]), 1_000_000, default));
    }
}
