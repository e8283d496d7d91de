using System.Net;

namespace ExportHub.Tests.Files;

internal static class SignedLinks
{
    /// <summary>A stranger with the link gets the file as a download.</summary>
    public static async Task OpensAsync(Uri link, byte[] content)
    {
        using var stranger = new HttpClient();

        var answer = await stranger.GetAsync(link);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Zoë.csv", answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
    }
}
