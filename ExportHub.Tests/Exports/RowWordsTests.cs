using ExportHub.Datasets;
using ExportHub.Exports;

namespace ExportHub.Tests.Exports;

public sealed class RowWordsTests
{
    private static readonly Export Million = new()
    {
        Id = Guid.Empty, Status = ExportStatus.Completed, Dataset = new DatasetDefinition { Name = "orders", RowLimit = 5_000_000 },
        Criteria = new Criteria { Columns = ["id"], TimeZone = "UTC", Limit = 1_000_000 }, Format = "csv", Options = new(),
        Rows = 1_000_000, SelectedRows = 1_284_332,
    };

    [Fact]
    public void A_limit_is_said_with_what_it_left_out() =>
        Assert.Equal("1,000,000 of 1,284,332 rows, because the limit is 1,000,000.", RowWords.Written(Million));

    [Fact]
    public void The_cap_of_a_dataset_is_not_called_a_limit_that_was_asked_for() => Assert.Equal(
        "1,000,000 of 1,284,332 rows, because one export of this dataset holds at most 1,000,000.",
        RowWords.Written(Million with { Dataset = Million.Dataset with { RowLimit = 1_000_000 } }));

    [Fact]
    public void An_estimate_is_not_given_for_a_count() => Assert.Equal(
        "The first 1,000,000 rows; there are more, because the limit is 1,000,000.", RowWords.Written(Million with { NotCounted = NotCounted.TooSlow }));

    [Fact]
    public void A_whole_file_is_called_whole() =>
        Assert.Equal("1,000,000 rows: all that were asked for, counted once more in the same snapshot.", RowWords.Written(Million with { SelectedRows = 1_000_000 }));

    [Fact]
    public void Every_reason_has_its_sentence()
    {
        var reasons = Enum.GetValues<NotCounted>().Select(reason => RowWords.NotCounted(Million with { NotCounted = reason })).ToList();

        Assert.DoesNotContain(null, reasons);
        Assert.Equal(reasons.Count, reasons.Distinct().Count());
        Assert.Null(RowWords.NotCounted(Million));
        Assert.NotNull(RowWords.NotCounted(Million with { SelectedRows = null }));
    }
}
