using ExportHub.Datasets;
using ExportHub.Exports;

namespace ExportHub.Tests.Exports;

public sealed class StatusDocumentTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    private static readonly Export Queued = new()
    {
        Id = Guid.Parse("019ab000-0000-7000-8000-000000000000"), Status = ExportStatus.Queued, Dataset = new DatasetDefinition { Name = "orders" },
        Criteria = new Criteria { Columns = ["id"], TimeZone = "UTC" }, Format = "csv", Options = new(), RequestedAt = Start, QueuePosition = 3,
    };

    private static readonly Export Running = Queued with
    {
        Status = ExportStatus.Running, Attempt = 1, QueuePosition = null, StartedAt = Start, RenewedAt = Start.AddSeconds(10), Rows = 400, TotalRows = 1000, Bytes = 4000,
    };

    [Fact]
    public void A_queued_export_says_its_place_and_when_to_ask_again()
    {
        var document = Describe(Queued, polls: 2);

        Assert.Equal(("queued", 3, null), (document.Status, document.Queue.Position, document.Progress.Percent));
        Assert.Equal(new PollPart(2, 6.39, "/api/exports/019ab000-0000-7000-8000-000000000000?poll=3"), document.Poll);
    }

    [Fact]
    public void The_time_left_follows_from_the_pace_so_far()
    {
        var document = Describe(Running);

        Assert.Equal((40, 15.0), (document.Progress.Percent, document.Progress.EtaSeconds));
    }

    [Theory]
    [InlineData(1, 40, null)]
    [InlineData(1, 49, null)]
    [InlineData(1, 50, 19.0)]
    [InlineData(9.9, 49, null)]
    [InlineData(10, 1, 9990.0)]
    public void The_time_left_is_told_after_five_percent_or_ten_seconds(double seconds, long rows, double? told)
    {
        var export = Running with { Rows = rows, RenewedAt = Start.AddSeconds(seconds) };

        Assert.Equal(told, Describe(export).Progress.EtaSeconds);
        // What is not told yet still says when to look again.
        Assert.Equal(Describe(export with { Rows = rows * 2, TotalRows = 2000 }).Poll!.AfterSeconds, Describe(export).Poll!.AfterSeconds);
    }

    [Fact]
    public void The_pace_is_told_with_two_digits()
    {
        Assert.Equal(40, Describe(Running).Progress.RowsPerSecond);
        Assert.Equal(52_000, Describe(Running with { Rows = 521_234, TotalRows = 1_000_000 }).Progress.RowsPerSecond);
        Assert.Equal(0.3, Describe(Running with { Rows = 3 }).Progress.RowsPerSecond);
        Assert.Null(Describe(Running with { Rows = 0 }).Progress.RowsPerSecond);
        Assert.Null(Describe(Queued).Progress.RowsPerSecond);
    }

    [Fact]
    public void A_total_that_grows_lets_the_percentage_stand() =>
        Assert.Equal(40, Describe(Running with { PercentReached = 40, TotalRows = 100_000 }).Progress.Percent);

    [Fact]
    public void An_end_that_is_near_is_waited_for() =>
        Assert.Equal(1.5, Describe(Running with { Rows = 909 }).Poll!.AfterSeconds, 1);

    [Fact]
    public void Before_there_is_a_pace_the_usual_duration_shortens_the_wait()
    {
        Assert.Equal(1.7, Describe(Queued with { QueuePosition = 1, UsualSeconds = 1.2 }).Poll!.AfterSeconds, 2);
        Assert.Equal(1.7, Describe(Running with { Rows = 0, TotalRows = null, UsualSeconds = 1.2 }).Poll!.AfterSeconds, 2);
        Assert.Equal(5, Describe(Queued with { QueuePosition = 1, UsualSeconds = 600 }).Poll!.AfterSeconds);
    }

    [Fact]
    public void A_queue_whose_end_is_known_is_not_waited_for_longer_than_that()
    {
        var soon = Describe(Queued with { SecondsToFile = 2.2 });
        Assert.Equal((3.0, 3.5), (soon.Queue.EtaSeconds, soon.Poll!.AfterSeconds));

        var later = Describe(Queued with { SecondsToFile = 234 });
        Assert.Equal((240.0, 5.0), (later.Queue.EtaSeconds, later.Poll!.AfterSeconds));
    }

    [Fact]
    public void A_failed_attempt_says_which_comes_next_and_of_how_many()
    {
        var queue = Describe(Queued with { NextAttemptAt = Start, MaxAttempts = 4, AttemptsLeft = 3 }).Queue;

        Assert.Equal(("retry", 2, 4), (queue.WaitsFor, queue.NextAttempt, queue.Attempts));
    }

    [Fact]
    public void The_usual_duration_says_nothing_of_an_export_that_waits_for_others_or_has_a_pace()
    {
        Assert.Equal(5, Describe(Queued with { QueuePosition = 2, UsualSeconds = 1.2 }).Poll!.AfterSeconds);
        Assert.Equal(5, Describe(Queued with { QueuePosition = 1, NextAttemptAt = Start, UsualSeconds = 1.2 }).Poll!.AfterSeconds);
        Assert.Equal(5, Describe(Running with { UsualSeconds = 1.2 }).Poll!.AfterSeconds);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(5000)]
    public void A_hundred_percent_is_for_a_file_that_can_be_fetched(long rows)
    {
        var document = Describe(Running with { Rows = rows });

        Assert.Equal((99, rows, null), (document.Progress.Percent, document.Progress.TotalRows, document.Download));
    }

    [Fact]
    public void A_completed_export_has_a_download_and_nothing_to_wait_for()
    {
        var document = Describe(Running with
        {
            Status = ExportStatus.Completed, FileKey = "x/1.csv", FileName = "orders.csv", ContentType = "text/csv", Sha256 = "ab", FinishedAt = Start.AddSeconds(20),
        });

        Assert.Equal((100, null), (document.Progress.Percent, document.Poll));
        Assert.Equal("/api/exports/019ab000-0000-7000-8000-000000000000/file", document.Download!.Url);
    }

    [Fact]
    public void What_a_limit_left_out_is_said_once_there_is_a_file()
    {
        var completed = Running with
        {
            Status = ExportStatus.Completed, FileKey = "x/1.csv", FileName = "orders.csv", ContentType = "text/csv", Sha256 = "ab", SelectedRows = 1284,
        };

        Assert.Equal(new LimitedPart(400, 1284, OfIsExact: true), Describe(completed).Limited);
        Assert.Equal(new LimitedPart(400, 1284, OfIsExact: false), Describe(completed with { NotCounted = NotCounted.TooSlow }).Limited);
        Assert.Null(Describe(completed with { SelectedRows = 400 }).Limited);
        Assert.Null(Describe(Running with { SelectedRows = 1284 }).Limited);
        Assert.Equal("/api/exports/019ab000-0000-7000-8000-000000000000/receipt", Describe(completed with { Status = ExportStatus.Expired }).Receipt);
        Assert.Null(Describe(Running).Receipt);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Canceled")]
    [InlineData("Expired")]
    public void A_final_state_without_a_file_has_neither_download_nor_poll(string status)
    {
        var document = Describe(Running with { Status = Enum.Parse<ExportStatus>(status) });

        Assert.Null(document.Poll);
        Assert.Null(document.Download);
    }

    private static StatusDocument Describe(Export export, int polls = 0) => StatusDocument.Of(export, polls, new PollingOptions());
}
