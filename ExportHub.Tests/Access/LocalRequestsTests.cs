using System.Net;
using ExportHub.Access;
using Microsoft.AspNetCore.Http;

namespace ExportHub.Tests.Access;

/// <summary>Until there are users, what is the administrator's is for who sits at the machine.</summary>
public sealed class LocalRequestsTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost", null, true)]
    [InlineData("::1", "[::1]", null, true)]
    [InlineData("127.0.0.1", "127.0.0.1:5000", null, true)]
    [InlineData("10.0.0.7", "localhost", null, false)]
    [InlineData(null, "localhost", null, false)]
    [InlineData("127.0.0.1", "exports.example.com", null, false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "localhost", "Forwarded", false)]
    [InlineData("127.0.0.1", "localhost", "Via", false)]
    public void Only_a_request_from_this_machine_itself_is_local(string? peer, string host, string? header, bool local)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        http.Request.Host = new HostString(host);
        if (header is not null)
        {
            http.Request.Headers[header] = "127.0.0.1";
        }

        Assert.Equal(local, LocalRequests.IsLocal(http));
    }
}
