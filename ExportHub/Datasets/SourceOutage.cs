using Npgsql;

namespace ExportHub.Datasets;

/// <summary>Tells a database that cannot be asked from one that says no.</summary>
internal static class SourceOutage
{
    /// <summary>
    /// True for broken connections and for what PostgreSQL answers when it cannot serve anybody: classes 08, 53 (resources),
    /// 57 (operator), 58 and XX (system), 28 and 3D (no entry). Source: its manual, appendix A.
    /// </summary>
    public static bool Is(NpgsqlException failure) =>
        failure is not PostgresException said
        || (said.SqlState != PostgresErrorCodes.ProtocolViolation
            && said.SqlState[..2] is "08" or "53" or "57" or "58" or "XX" or "28" or "3D");
}
