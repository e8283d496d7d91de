using System.Data.Common;
using System.Net.Sockets;

namespace ExportHub.Operations;

/// <summary>Tells that a database cannot be reached from that it says no; the doors answer the first with 503.</summary>
internal static class DatabaseOutage
{
    /// <summary>True for broken connections, and for PostgreSQL's 57P01 and 57P02, with which a server that stops ends them. Source: its manual, appendix A.</summary>
    public static bool Is(Exception failure) => failure is
        DbException { IsTransient: true }
        or DbException { SqlState: null or "" or "57P01" or "57P02" }
        or DbException { InnerException: IOException or SocketException or TimeoutException }
        or TimeoutException or SocketException;
}
