using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Api;

public sealed class AuditEndpointsTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    public Task InitializeAsync() => access.InitializeAsync();

    public Task DisposeAsync() => access.DisposeAsync();

    [Fact]
    public async Task It_is_for_administrators_and_support()
    {
        await access.AddAsync("carla", Roles.Support);

        foreach (var (client, status) in new[]
        {
            (access.NewClient(), HttpStatusCode.Unauthorized),
            (await access.WithTokenAsync("anna", Scopes.Export), HttpStatusCode.Forbidden),
            (await access.WithTokenAsync(FirstAdministrator.Name, Scopes.Export), HttpStatusCode.Forbidden),
            (await access.WithTokenAsync("carla", Scopes.Read), HttpStatusCode.OK),
            (access.App.Client, HttpStatusCode.OK),
        })
        {
            var answer = await client.GetAsync(new Uri("/api/audit", UriKind.Relative));
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(status == HttpStatusCode.OK ? "application/json" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task There_is_no_way_to_change_it(string verb) => Assert.Equal(
        HttpStatusCode.MethodNotAllowed, (await access.App.Client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), "/api/audit"))).StatusCode);

    [Fact]
    public async Task It_is_filtered_and_paged_and_ends()
    {
        var seen = new List<JsonElement>();
        for (var next = "/api/audit?person=anna&size=1"; next is not null;)
        {
            var page = await access.App.Client.GetFromJsonAsync<JsonElement>(next);
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal("user_added", Assert.Single(seen).GetProperty("act").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await access.App.Client.GetAsync(new Uri("/api/audit?export=orders", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task The_audit_is_exported_like_any_dataset_and_that_is_in_it_too()
    {
        File.Copy(Path.Combine(Repository.Root, "datasets", "audit.json"), Path.Combine(access.App.DatasetsFolder, "audit.json"));
        await access.SignedInAsync("bert");

        var document = await access.App.ExportAsync(new { dataset = "audit", format = "jsonl", filters = new[] { new { column = "act", op = "eq", value = "sign_in" } } });

        Assert.Equal("completed", document.GetProperty("status").GetString());
        var line = JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(await access.App.DownloadAsync(document)).TrimEnd().Split('\n')[^1]);
        Assert.Equal(("bert", "session", "sign_in"), (line.GetProperty("who").GetString(), line.GetProperty("how").GetString(), line.GetProperty("act").GetString()));
        Assert.Contains(await access.App.Database.AuditAsync(document.GetProperty("id").GetGuid()), entry => entry is { Act: "download", Dataset: "audit", Who: "admin" });
    }
}
