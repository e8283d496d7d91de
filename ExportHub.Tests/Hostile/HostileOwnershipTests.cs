using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Tests.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ExportHub.Tests.Hostile;

/// <summary>Bert, who has rights of his own, at anna's exports: by every door that takes the id of one, in person and with a token. All answers are those for an id that nobody has.</summary>
public sealed partial class HostileOwnershipTests(HostileOwnershipTests.Site site, ITestOutputHelper output) : IClassFixture<HostileOwnershipTests.Site>
{
    /// <summary>Enough for a median that a busy machine does not move by much.</summary>
    private const int Measurements = 40;

    private static readonly IReadOnlyList<(string Verb, string Door, HttpStatusCode Answer)> Doors =
    [
        ("GET", "/api/exports/{id}", HttpStatusCode.NotFound),
        ("GET", "/api/exports/{id}?poll=7", HttpStatusCode.NotFound),
        ("POST", "/api/exports/{id}/cancel", HttpStatusCode.NotFound),
        ("POST", "/api/exports/{id}/retry", HttpStatusCode.NotFound),
        ("POST", "/api/exports/{id}/link", HttpStatusCode.NotFound),
        ("GET", "/api/exports/{id}/file", HttpStatusCode.NotFound),
        ("HEAD", "/api/exports/{id}/file", HttpStatusCode.NotFound),
        ("GET", "/api/exports/{id}/receipt", HttpStatusCode.NotFound),
        ("GET", "/api/links/{id}", HttpStatusCode.NotFound),
        ("POST", "/api/verify?export={id}", HttpStatusCode.NotFound),
        ("GET", "/exports/{id}", HttpStatusCode.NotFound),
        ("FORM", "/exports/{id}?handler=cancel", HttpStatusCode.NotFound),
        ("FORM", "/exports/{id}?handler=retry", HttpStatusCode.NotFound),
        ("FORM", "/exports/{id}/again", HttpStatusCode.NotFound),
        ("FORM", "/exports/{id}?handler=nonsense", HttpStatusCode.MethodNotAllowed),
        ("GET", "/verify?export={id}", HttpStatusCode.NotFound),
        ("FORM", "/verify?export={id}", HttpStatusCode.NotFound),
        ("GET", "/request/orders?from={id}", HttpStatusCode.OK),
        ("GET", "/templates/new?from={id}", HttpStatusCode.NotFound),
        ("FORM", "/templates/new?from={id}", HttpStatusCode.NotFound),
        ("GET", "/schedules/new?export={id}", HttpStatusCode.NotFound),
        ("GET", "/api/exports?before={id}", HttpStatusCode.OK),
        ("GET", "/exports?before={id}", HttpStatusCode.OK),
        ("POST", "/api/operations/exports/{id}/cancel", HttpStatusCode.Forbidden),
        ("POST", "/api/operations/exports/{id}/retry", HttpStatusCode.Forbidden),
        ("GET", "/admin/operations?act=cancel&export={id}", HttpStatusCode.Forbidden),
        ("FORM", "/admin/operations?act=cancel&export={id}", HttpStatusCode.Forbidden),
        ("GET", "/api/audit?export={id}", HttpStatusCode.Forbidden),
        ("GET", "/admin/audit?export={id}", HttpStatusCode.Forbidden),
        ("PUT", "/api/exports/{id}", HttpStatusCode.MethodNotAllowed),
        ("PATCH", "/api/exports/{id}", HttpStatusCode.MethodNotAllowed),
        ("DELETE", "/api/exports/{id}", HttpStatusCode.MethodNotAllowed),
        ("OPTIONS", "/api/exports/{id}", HttpStatusCode.MethodNotAllowed),
        ("DELETE", "/api/exports/{id}/file", HttpStatusCode.NotFound),
        ("POST", "/api/exports/{id}/keep", HttpStatusCode.NotFound),
        ("POST", "/api/exports/{id}/unkeep", HttpStatusCode.NotFound),
        ("PUT", "/api/exports/{id}/file", HttpStatusCode.MethodNotAllowed),
        ("GET", "/api/exports/{id}/cancel", HttpStatusCode.MethodNotAllowed),
        ("GET", "/api/exports/{id}/retry", HttpStatusCode.MethodNotAllowed),
    ];

    /// <summary>Ids of other things. Whose they are is asked in TemplateEndpointsTests, ScheduleEndpointsTests, SchedulePageTests and DeliveryTests.</summary>
    private static readonly string[] Others = ["/templates/", "/schedules/", "/received/", "/deliveries/", "/targets/"];

    public static TheoryData<string, string, HttpStatusCode, string> Attempts
    {
        get
        {
            var all = new TheoryData<string, string, HttpStatusCode, string>();
            foreach (var (verb, door, answer) in Doors)
            {
                foreach (var state in new[] { "completed", "queued", "canceled" })
                {
                    all.Add(verb, door, answer, state);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task What_is_annas_is_to_bert_as_what_nobody_has_and_stays_as_it_is(string verb, string door, HttpStatusCode expected, string state)
    {
        var (id, before) = (site.Exports[state], await site.RowsAsync());

        foreach (var bert in new[] { site.InPerson, site.WithToken })
        {
            var (theirs, nothing) = (await AskAsync(bert, verb, door, id), await AskAsync(bert, verb, door, Guid.CreateVersion7()));
            Assert.Equal(expected, theirs.Status);
            Assert.Equal(nothing, theirs);
        }

        Assert.Equal(before, await site.RowsAsync());
    }

    [Fact]
    public void No_route_that_takes_an_id_is_forgotten()
    {
        // A door without its verb, so that a new route is missed and a new method of an old one is left to the matrix of routes.
        var tried = Doors.Select(door => door.Door.Split('?')[0]).ToHashSet(StringComparer.Ordinal);

        var routes = site.Access.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/').Replace("{id:guid}", "{id}", StringComparison.Ordinal))
            .Where(route => route.Contains("{id", StringComparison.Ordinal) && !Others.Any(kind => route.Contains(kind, StringComparison.Ordinal)))
            .Distinct();

        Assert.DoesNotContain(routes, route => !tried.Contains(route));
    }

    [Theory]
    [InlineData("/api/exports/{id}")]
    [InlineData("/api/exports/{id}/file")]
    [InlineData("/exports/{id}")]
    public async Task What_is_annas_takes_as_long_as_what_nobody_has(string door)
    {
        List<double> theirs = [], nothing = [];
        for (var n = 0; n < Measurements; n++)
        {
            theirs.Add(await MeasureAsync(door, site.Exports["completed"]));
            nothing.Add(await MeasureAsync(door, Guid.CreateVersion7()));
        }

        var (known, unknown) = (Median(theirs), Median(nothing));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{door}: median of {Measurements}: {known:0.00} ms for anna's export, {unknown:0.00} ms for one that nobody has"));
        Assert.InRange(known / unknown, 1 / 3.0, 3);
    }

    [Fact]
    public async Task The_request_form_is_not_filled_from_what_is_annas()
    {
        var page = await site.InPerson.GetStringAsync(new Uri($"/request/orders?from={site.Exports["completed"]}", UriKind.Relative));

        Assert.DoesNotContain(Site.Secret, page, StringComparison.Ordinal);
        Assert.Contains(Site.Secret, await site.Anna.GetStringAsync(new Uri($"/request/orders?from={site.Exports["completed"]}", UriKind.Relative)), StringComparison.Ordinal);
    }

    private static async Task<Answer> AskAsync(HttpClient client, string verb, string door, Guid id)
    {
        var address = door.Replace("{id}", id.ToString(), StringComparison.Ordinal);
        using var answer = verb == "FORM" ? await SendFormAsync(client, address) : await client.SendAsync(RequestOf(verb, address));
        var said = (await answer.Content.ReadAsStringAsync()).Replace(id.ToString(), "{id}", StringComparison.Ordinal);
        var headers = answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key).Where(name => name is not ("Date" or "Set-Cookie")).Order(StringComparer.Ordinal);
        return new(answer.StatusCode, Passing().Replace(said, "…"), string.Join(' ', headers));
    }

    private static HttpRequestMessage RequestOf(string verb, string address)
    {
        var request = new HttpRequestMessage(new HttpMethod(verb), address);
        request.Content = address.StartsWith("/api/verify", StringComparison.Ordinal) ? JsonContent.Create(new { sha256 = new string('a', 64) }) : null;
        return request;
    }

    /// <summary>With a token of bert's own, so that nothing but the id is wrong.</summary>
    private static async Task<HttpResponseMessage> SendFormAsync(HttpClient client, string address)
    {
        KeyValuePair<string, string>[] fields = [new(PageForms.Token, await PageForms.TokenAsync(client)), new("sha256", new string('a', 64)), new("reason", "because")];
        return address.StartsWith("/verify", StringComparison.Ordinal)
            ? await PageForms.SendStreamedAsync(client, address, fields)
            : await PageForms.SendAsync(client, address, fields);
    }

    private async Task<double> MeasureAsync(string door, Guid id)
    {
        var since = Stopwatch.GetTimestamp();
        using var answer = await site.WithToken.GetAsync(new Uri(door.Replace("{id}", id.ToString(), StringComparison.Ordinal), UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>What is another with every answer: the trace, the token and the key of a form.</summary>
    [GeneratedRegex("""(?<="traceId":")[^"]+|(?<=__RequestVerificationToken" type="hidden" value=")[^"]+|(?<=name="key" value=")[^"]+""")]
    private static partial Regex Passing();

    private sealed record Answer(HttpStatusCode Status, string Said, string Headers);

    /// <summary>Exports of anna's in three states. Nothing runs any more, so that they stay in them.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public const string Secret = "what only anna looks for";

        private readonly Dictionary<string, Guid> exports = new(StringComparer.Ordinal);

        internal AccessApp Access { get; } = new();

        internal IReadOnlyDictionary<string, Guid> Exports => exports;

        internal HttpClient Anna { get; private set; } = null!;

        internal HttpClient InPerson { get; private set; } = null!;

        internal HttpClient WithToken { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Access.App.With("Access:SignedLinkLifetime", "00:05:00");
            await Access.InitializeAsync();
            Anna = await Access.WithTokenAsync("anna", Scopes.Export);
            (InPerson, WithToken) = (await Access.SignedInAsync("bert"), await Access.WithTokenAsync("bert", Scopes.Export));
            exports["completed"] = await AskAsync(1);
            Assert.Equal("completed", (await Access.App.EndAsync(exports["completed"])).GetProperty("status").GetString());
            await Access.App.Services.GetRequiredService<ServiceModeStore>().DrainAsync(true, new AdminAct("test"), default);
            exports["queued"] = await AskAsync(2);
            exports["canceled"] = await AskAsync(3);
            Assert.Equal(HttpStatusCode.Accepted, (await Anna.PostAsync(new Uri($"/api/exports/{exports["canceled"]}/cancel", UriKind.Relative), null)).StatusCode);
        }

        public Task DisposeAsync() => Access.DisposeAsync();

        /// <summary>All that is kept of exports, and what was done by bert.</summary>
        internal async Task<string> RowsAsync()
        {
            await using var command = Access.App.Database.Pool.CreateCommand("""
                SELECT (SELECT string_agg(to_jsonb(export)::text, E'\n' ORDER BY id) FROM exporthub.export)
                    || (SELECT count(*) FROM exporthub.audit WHERE who = 'bert' AND export_id IS NOT NULL)
                """);
            return (string)(await command.ExecuteScalarAsync())!;
        }

        private async Task<Guid> AskAsync(int limit)
        {
            var answer = await Anna.PostAsJsonAsync(
                "/api/exports", new { dataset = "orders", format = "csv", limit, filters = new[] { new { column = "note", op = "ne", value = Secret } } });
            var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(answer.IsSuccessStatusCode, document.ToString());
            return document.GetProperty("id").GetGuid();
        }
    }
}
