using ExportHub.Pages.Errors;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace ExportHub.Tests.Pages.Errors;

public sealed class ErrorWordsTests
{
    public static TheoryData<Exception, int> Failures => new()
    {
        { new NpgsqlException("Failed to connect", new IOException()), 503 },
        { new PostgresException("terminating connection", "FATAL", "FATAL", "57P01"), 503 },
        { new PostgresException("too many clients", "FATAL", "FATAL", "53300"), 503 },
        { new PostgresException("relation does not exist", "ERROR", "ERROR", "42P01"), 500 },
        { new InvalidOperationException(), 500 },
        { new BadHttpRequestException("too large", 413), 413 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_database_that_does_not_answer_is_told_from_a_fault_of_ours(Exception failure, int status) =>
        Assert.Equal(status, ErrorWords.StatusOf(failure));

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(418)]
    public void No_code_is_shown_and_nobody_is_blamed(int code)
    {
        var (title, text) = ErrorWords.For(code);

        Assert.DoesNotMatch(@"(?i)\b(\d{3}|please|sorry|oops|invalid)\b", title + text);
    }
}
