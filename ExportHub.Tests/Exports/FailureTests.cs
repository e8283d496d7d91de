using System.Net.Sockets;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Files;
using Npgsql;

namespace ExportHub.Tests.Exports;

public sealed class FailureTests
{
    public static TheoryData<Exception, string, bool> Known => new()
    {
        { new StorageFullException("full"), "storage_full", false },
        { new IOException("network drive gone"), "storage_unavailable", true },
        { new UnauthorizedAccessException(), "storage_denied", false },
        { new DatasetChangedException("The column x is gone."), "dataset_changed", false },
        { new DatasetMovedException("The column x has become text."), "source_conflict", true },
        { new RowCountException(10, 9), "row_count", false },
        { new NotPermittedException("The account is gone."), "not_permitted", false },
        { new RightsUnknownException(), "rights_unknown", true },
        { new SourceUnavailableException("down"), "source_unavailable", true },
        { new NpgsqlException("broken pipe", new IOException()), "source_unavailable", true },
        { new SocketException(), "source_unavailable", true },
        { new TimeoutException(), "source_unavailable", true },
        { Sql("57P01"), "source_unavailable", true },
        { Sql("08006"), "source_unavailable", true },
        { Sql("53300"), "source_unavailable", true },
        { Sql("40001"), "source_conflict", true },
        { Sql("40P01"), "source_conflict", true },
        { Sql("57014"), "too_slow", false },
        { Sql("42501"), "source_denied", false },
        { Sql("28P01"), "source_denied", false },
        { Sql("42P01"), "dataset_changed", false },
        { Sql("42703"), "dataset_changed", false },
        { Sql("53100"), "source_exhausted", false },
        { Sql("22012"), "query_failed", false },
        { new InvalidOperationException("a bug"), "internal_error", false },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Every_failure_has_a_code_and_says_whether_another_attempt_may_help(Exception fault, string code, bool transient)
    {
        var failure = Failure.Of(fault);

        Assert.Equal((code, transient), (failure.Code, failure.Transient));
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_has_the_same_table()
    {
        var known = Known.Select(row => (Code: (string)row[1], Transient: (bool)row[2])).Distinct().Append(("crash_loop", false));

        var written = File.ReadLines(Path.Combine(Repository.Root, "README.md"))
            .SkipWhile(line => line != "### Failures")
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && cells[1].StartsWith('`'))
            .TakeWhile(cells => cells[2] is "yes" or "no")
            .Select(cells => (Code: cells[1].Trim('`'), Transient: cells[2] == "yes"));

        Assert.Equal(known.Order(), written.Order());
    }

    [Fact]
    public void What_a_bug_says_inside_is_not_told_to_people() =>
        Assert.DoesNotContain("secret", Failure.Of(new InvalidOperationException("Password=secret")).Message, StringComparison.Ordinal);

    private static PostgresException Sql(string state) => new("something", "ERROR", "ERROR", state);
}
