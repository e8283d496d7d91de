using ExportHub.Formats;

namespace ExportHub.Tests.Formats;

public sealed class RawRowTests
{
    [Fact]
    public void The_room_of_a_large_cell_is_given_back_when_small_rows_follow()
    {
        using var row = new RawRow(1);
        row.Append(new byte[50_000_000]);
        row.Clear();
        row.Append("small"u8);
        row.Clear();

        Assert.InRange(row.Free(1).Array!.Length, 1, 1024 * 1024);
    }

    [Fact]
    public void Large_rows_in_a_row_share_their_room()
    {
        using var row = new RawRow(1);
        row.Append(new byte[5_000_000]);
        row.Clear();
        var room = row.Free(1).Array;
        row.Append(new byte[5_000_000]);
        row.Clear();

        Assert.Same(room, row.Free(1).Array);
    }
}
