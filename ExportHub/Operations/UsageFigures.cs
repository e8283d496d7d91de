namespace ExportHub.Operations;

/// <summary>Files that are kept past their time, and those whose time is up within a day.</summary>
internal sealed record UsageFigures(long KeptFiles, long KeptBytes, long ExpiringFiles, long ExpiringBytes)
{
    /// <summary>Each from an index that holds the bytes and no other files than these.</summary>
    public const string Sql = """
        SELECT kept.files AS kept_files, kept.bytes AS kept_bytes, expiring.files AS expiring_files, expiring.bytes AS expiring_bytes
        FROM (
            SELECT count(*) AS files, coalesce(sum(bytes), 0)::bigint AS bytes
            FROM exporthub.export
            WHERE kept_at IS NOT NULL
        ) AS kept
        CROSS JOIN (
            SELECT count(*) AS files, coalesce(sum(bytes), 0)::bigint AS bytes
            FROM exporthub.export
            WHERE status = 'completed'
                AND kept_at IS NULL
                AND expires_at < now() + interval '1 day'
        ) AS expiring;
        """;
}

/// <summary>The room that the files of one person take.</summary>
internal sealed record PersonRoom(string Person, long Files, long Bytes)
{
    /// <summary>The largest five.</summary>
    public const string Sql = """
        SELECT requested_by AS person, count(*) AS files, sum(bytes)::bigint AS bytes
        FROM exporthub.export
        WHERE status = 'completed'
        GROUP BY requested_by
        ORDER BY bytes DESC, person
        LIMIT 5;
        """;
}
