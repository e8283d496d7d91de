using System.Net.Sockets;
using ExportHub.Datasets;
using ExportHub.Files;
using Npgsql;

namespace ExportHub.Exports;

/// <summary>What a failed attempt means: a code for programs, a sentence for people, and whether another attempt may help.</summary>
/// <param name="Transient">True when the export goes back to queued while attempts are left.</param>
internal sealed record Failure(string Code, string Message, bool Transient)
{
    /// <summary>
    /// The table of failures. SQLSTATE classes: PostgreSQL manual, appendix A. What is not known here is not worth a blind repetition.
    /// </summary>
    public static Failure Of(Exception fault) => fault switch
    {
        StorageFullException => new("storage_full", "There is no room left where files are kept. Nothing was saved. An administrator has to free space.", false),
        DatasetChangedException changed => new("dataset_changed", $"The dataset is no longer what it was when this export was asked for. {changed.Message}", false),
        NotPermittedException withdrawn => new("not_permitted", withdrawn.Message, false),
        RightsUnknownException unknown => new("rights_unknown", unknown.Message, true),
        DatasetMovedException => new("source_conflict", "A table of the dataset was emptied, refilled or altered at the moment this export began.", true),
        RowCountException count => new("row_count", $"The file was thrown away because it was not whole: {count.Message}", false),
        SourceUnavailableException => SourceDown,
        PostgresException postgres => OfSqlState(postgres),
        NpgsqlException { InnerException: TimeoutException } or NpgsqlException { InnerException: IOException or SocketException } => SourceDown,
        NpgsqlException => SourceDown,
        TimeoutException or SocketException or EndOfStreamException => SourceDown,
        IOException => new("storage_unavailable", "The file could not be written to its place. Nothing was saved.", true),
        StorageDeniedException denied => new("storage_denied", denied.Message, false),
        UnauthorizedAccessException => new("storage_denied", "ExportHub may not write where files are kept. An administrator has to give it the right.", false),
        _ => new("internal_error", "An error inside ExportHub stopped this export. Nothing was saved. An administrator finds the cause in the log under the Export ID.", false),
    };

    private static readonly Failure SourceDown =
        new("source_unavailable", "The database that holds the data did not answer or broke the connection.", true);

    private static Failure OfSqlState(PostgresException fault) => fault.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled => new("too_slow", "The database ended the query because it took longer than is allowed. A narrower date range or fewer columns help.", false),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
            new("source_conflict", "The database ended the query because of other work going on there.", true),
        PostgresErrorCodes.InsufficientPrivilege => new("source_denied", "ExportHub may not read this data. An administrator has to give it the right.", false),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.DatatypeMismatch =>
            new("dataset_changed", "A table or column this export needs is gone from the database, or is of another type now.", false),
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory =>
            new("source_exhausted", "The database ran out of room or memory for this query. A narrower date range or no sorting helps.", false),
        PostgresErrorCodes.TooManyConnections => SourceDown,
        ['0', '8', ..] or ['5', '7', 'P', ..] or ['5', '8', ..] => SourceDown,
        ['2', '8', ..] or ['3', 'D', ..] => new("source_denied", "The database refused ExportHub's sign-in. An administrator has to check the connection string.", false),
        var state => new("query_failed", $"The database could not answer the query (SQLSTATE {state}). The definition of the dataset has to be checked.", false),
    };
}
