using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Tests.Api;
using ExportHub.Tests.Faults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Access;

/// <summary>A link opens one file, by one method, for a few minutes, with the rights of one person.</summary>
public sealed class FileLinksTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    private static readonly (string Part, string? Altered)[] Alterations =
    [
        ("attempt", "2"), ("attempt", "0"), ("attempt", "-1"), ("attempt", ""), ("attempt", null), ("attempt", "99999999999"),
        ("by", "{bert}"), ("by", "{admin}"), ("by", "anna"), ("by", null),
        ("until", "{until+1}"), ("until", "{until-1}"), ("until", "0"), ("until", "9223372036854775807"), ("until", ""), ("until", null),
        ("signature", "{flip}"), ("signature", "{upper}"), ("signature", "{short}"), ("signature", "{long}"), ("signature", ""), ("signature", null),
    ];

    public Task InitializeAsync()
    {
        access.App.With("Access:SignedLinkLifetime", "00:05:00");
        return access.InitializeAsync();
    }

    public Task DisposeAsync() => access.DisposeAsync();

    [Fact]
    public async Task A_link_opens_the_file_without_a_sign_in_and_the_audit_knows_whose_it_was()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var id = await CompletedAsync(anna);
        var made = await anna.PostAsync(new Uri($"/api/exports/{id}/link", UriKind.Relative), null);
        var link = await made.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.Created, link.GetProperty("url").GetString()), (made.StatusCode, made.Headers.Location!.ToString()));
        var left = link.GetProperty("expiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

        var answer = await access.NewClient().GetAsync(made.Headers.Location);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(await anna.GetByteArrayAsync(new Uri($"/api/exports/{id}/file", UriKind.Relative)), await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("no-referrer", "nosniff"), (Header(answer, "Referrer-Policy"), Header(answer, "X-Content-Type-Options")));
        Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(
            [("link_made", "anna", "token"), ("download", "anna", "link"), ("download", "anna", "token")],
            (await access.App.Database.AuditAsync(id)).Skip(3).Select(entry => (entry.Act, entry.Who, entry.How)));
    }

    [Fact]
    public async Task A_link_that_was_altered_in_any_part_opens_nothing()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var link = await LinkAsync(anna, await CompletedAsync(anna));

        foreach (var (part, altered) in Alterations)
        {
            await RefusedAsync(await access.NewClient().GetAsync(await AlterAsync(link, part, altered)));
        }

        Assert.Equal(HttpStatusCode.OK, (await access.NewClient().GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task A_link_opens_no_other_file()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var (one, other) = (await CompletedAsync(anna), await CompletedAsync(anna, limit: 3));
        var link = (await LinkAsync(anna, one)).ToString();

        foreach (var id in new[] { other, Guid.CreateVersion7() })
        {
            await RefusedAsync(await access.NewClient().GetAsync(new Uri(link.Replace(one.ToString(), id.ToString(), StringComparison.Ordinal), UriKind.Relative)));
        }
    }

    [Fact]
    public async Task A_link_is_for_one_method()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var link = await LinkAsync(anna, await CompletedAsync(anna));

        foreach (var verb in new[] { "HEAD", "POST", "PUT", "PATCH", "DELETE" })
        {
            // Whoever has not signed in is not even told which methods there are.
            Assert.Equal(HttpStatusCode.Unauthorized, (await access.NewClient().SendAsync(new HttpRequestMessage(new HttpMethod(verb), link))).StatusCode);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await anna.SendAsync(new HttpRequestMessage(new HttpMethod(verb), link))).StatusCode);
        }
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-120, true)]
    [InlineData(120, false)]
    public async Task A_link_ends_after_its_time_and_none_lasts_longer_than_is_allowed(int signedSecondsFromNow, bool opens)
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var id = await CompletedAsync(anna);
        var elsewhere = ActivatorUtilities.CreateInstance<FileLinks>(access.App.Services, new ShiftedClock { Shift = TimeSpan.FromSeconds(signedSecondsFromNow) });
        var link = await elsewhere.MakeAsync(id, attempt: 1, (await access.FindAsync("anna")).Id, default);

        var answer = await access.NewClient().GetAsync(new Uri(link.Url, UriKind.Relative));

        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_ends_with_the_account_of_its_person()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var link = await LinkAsync(anna, await CompletedAsync(anna));
        var person = await access.FindAsync("anna");

        await access.WithPeopleAsync(people => people.DisableAsync(person.Id, disabled: true));

        await RefusedAsync(await access.NewClient().GetAsync(link));
    }

    [Fact]
    public async Task A_link_has_the_rights_that_its_person_has_when_it_is_opened()
    {
        await access.AddAsync("carla", Roles.Admin);
        var carla = await access.WithTokenAsync("carla", Scopes.Admin);
        var link = await LinkAsync(carla, await CompletedAsync(await access.WithTokenAsync("anna", Scopes.Export)));
        Assert.Equal(HttpStatusCode.OK, (await access.NewClient().GetAsync(link)).StatusCode);
        var person = await access.FindAsync("carla");

        Assert.Null(await access.WithPeopleAsync(people => people.GiveRolesAsync(person.Id, [])));

        await ExportEndpointsTests.AssertProblemAsync(await access.NewClient().GetAsync(link), 404);
    }

    [Fact]
    public async Task A_link_ends_with_its_file()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var id = await CompletedAsync(anna);
        var link = await LinkAsync(anna, id);

        await access.App.Database.ExecuteAsync($"UPDATE exporthub.export SET expires_at = now() WHERE id = '{id}'");
        await Until.TrueAsync(async () => (await anna.GetFromJsonAsync<JsonElement>($"/api/exports/{id}")).GetProperty("status").GetString() == "expired", "expiry");

        await ExportEndpointsTests.AssertProblemAsync(await access.NewClient().GetAsync(link), 410);
        await ExportEndpointsTests.AssertProblemAsync(await anna.PostAsync(new Uri($"/api/exports/{id}/link", UriKind.Relative), null), 410);
    }

    [Fact]
    public async Task Whoever_removes_the_key_ends_all_links_and_the_next_are_signed_by_another()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var id = await CompletedAsync(anna);
        var link = await LinkAsync(anna, id);

        await access.App.Database.ExecuteAsync("DELETE FROM exporthub.link_key");
        await RefusedAsync(await access.NewClient().GetAsync(link));

        var next = await LinkAsync(anna, id);
        await RefusedAsync(await access.NewClient().GetAsync(link));
        Assert.Equal(HttpStatusCode.OK, (await access.NewClient().GetAsync(next)).StatusCode);
    }

    [Fact]
    public async Task Links_are_made_by_whom_the_export_is_and_not_with_a_token_that_reads()
    {
        var id = await CompletedAsync(await access.WithTokenAsync("anna", Scopes.Export));

        foreach (var (client, status) in new[]
        {
            (await access.WithTokenAsync("bert", Scopes.Export), 404), (await access.WithTokenAsync("anna", Scopes.Read), 403), (access.NewClient(), 401),
        })
        {
            await ExportEndpointsTests.AssertProblemAsync(await client.PostAsync(new Uri($"/api/exports/{id}/link", UriKind.Relative), null), status);
        }
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    private static async Task RefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("This link opens nothing.", problem.GetProperty("title").GetString());
        Assert.DoesNotContain("signature", problem.ToString(), StringComparison.Ordinal);
    }

    private async Task<Uri> AlterAsync(Uri link, string part, string? altered)
    {
        var (path, query) = (link.ToString().Split('?')[0], QueryHelpers.ParseQuery(link.ToString().Split('?')[1]));
        var signature = query["signature"].ToString();
        var value = altered switch
        {
            "{bert}" or "{admin}" => (await access.FindAsync(altered.Trim('{', '}'))).Id.ToString(),
            "{until+1}" => Plus(query["until"].ToString(), 1),
            "{until-1}" => Plus(query["until"].ToString(), -1),
            "{flip}" => signature[..^1] + (signature[^1] == '0' ? '1' : '0'),
            "{upper}" => signature.ToUpperInvariant(),
            "{short}" => signature[..^1],
            "{long}" => signature + "0",
            _ => altered,
        };
        var parts = query.ToDictionary(one => one.Key, one => one.Key == part ? value : one.Value.ToString()).Where(one => one.Value is not null);
        return new Uri(QueryHelpers.AddQueryString(path, parts!), UriKind.Relative);
    }

    private static string Plus(string seconds, long more) => (long.Parse(seconds, CultureInfo.InvariantCulture) + more).ToString(CultureInfo.InvariantCulture);

    private static async Task<Uri> LinkAsync(HttpClient client, Guid id)
    {
        var made = await client.PostAsync(new Uri($"/api/exports/{id}/link", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return made.Headers.Location!;
    }

    private static async Task<Guid> CompletedAsync(HttpClient client, int limit = 10)
    {
        var answer = await client.PostAsJsonAsync("/api/exports", new { dataset = "orders", format = "csv", limit });
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await Until.TrueAsync(
            async () => (await client.GetFromJsonAsync<JsonElement>($"/api/exports/{id}")).GetProperty("status").GetString() == "completed", "a completed export");
        return id;
    }
}
