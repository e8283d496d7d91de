using System.Net;
using ExportHub.Access;
using ExportHub.Tests.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Hostile;

/// <summary>Every route of the running application has a rule here, and keeps it. A route without one fails the test, so that none is forgotten.</summary>
public sealed class RouteRulesTests(RouteRulesTests.Site site) : IClassFixture<RouteRulesTests.Site>
{
    /// <summary>Who is let in. What is found behind the door, such as whose export it is, others test.</summary>
    private enum Rule
    {
        Anyone,
        SignedIn,

        /// <summary>With a password and not with a token.</summary>
        InPerson,

        /// <summary>Support may look.</summary>
        Operator,
        AdminInPerson,
        Admin,

        /// <summary>Support may send too, because the dashboard asks so; it is read-only for them.</summary>
        Dashboard,
    }

    private static readonly Dictionary<string, Rule> Stated = new(StringComparer.Ordinal)
    {
        ["/"] = Rule.SignedIn,
        ["/request/{dataset}"] = Rule.SignedIn,
        ["/request/{dataset}/preview"] = Rule.SignedIn,
        ["/exports"] = Rule.SignedIn,
        ["/exports/{id}"] = Rule.SignedIn,
        ["/schedules/new"] = Rule.SignedIn,
        ["/schedules/runs"] = Rule.SignedIn,
        ["/schedules/{id}/edit"] = Rule.SignedIn,
        ["/templates"] = Rule.SignedIn,
        ["/templates/new"] = Rule.SignedIn,
        ["/templates/{id}"] = Rule.SignedIn,
        ["/news"] = Rule.SignedIn,
        ["/deliveries"] = Rule.SignedIn,
        ["/received/{id}"] = Rule.SignedIn,
        ["/schedules"] = Rule.SignedIn,
        ["/schedules/calendar"] = Rule.SignedIn,
        ["/schedules/{id}"] = Rule.SignedIn,
        ["/exports/{id}/again"] = Rule.SignedIn,
        ["/verify"] = Rule.SignedIn,
        ["/error/{code}"] = Rule.Anyone,
        ["/sign-in"] = Rule.Anyone,
        ["/look"] = Rule.Anyone,
        ["/account"] = Rule.InPerson,
        ["/admin/users"] = Rule.AdminInPerson,
        ["/admin/datasets"] = Rule.Admin,
        ["/admin/datasets/new"] = Rule.Admin,
        ["/admin/datasets/new/form"] = Rule.Admin,
        ["/admin/datasets/{name}"] = Rule.Admin,
        ["/admin/datasets/{name}/test"] = Rule.Admin,
        ["/admin/datasets/{name}/remove"] = Rule.Admin,
        ["/admin/targets"] = Rule.Admin,
        ["/admin/targets/{place}"] = Rule.Admin,
        ["/admin/operations"] = Rule.Operator,
        ["/admin/audit"] = Rule.Operator,
        ["/health/live"] = Rule.Anyone,
        ["/health/ready"] = Rule.Anyone,
        ["/openapi/{documentName}.json"] = Rule.SignedIn,
        ["/api/exports/"] = Rule.SignedIn,
        ["/api/exports/{id}"] = Rule.SignedIn,
        ["/api/exports/{id}/cancel"] = Rule.SignedIn,
        ["/api/exports/{id}/retry"] = Rule.SignedIn,
        ["/api/exports/{id}/file"] = Rule.SignedIn,
        ["/api/exports/{id}/keep"] = Rule.SignedIn,
        ["/api/exports/{id}/unkeep"] = Rule.SignedIn,
        ["/api/exports/{id}/receipt"] = Rule.SignedIn,
        ["/api/exports/{id}/link"] = Rule.SignedIn,
        // The signature is the right.
        ["/api/links/{id}"] = Rule.Anyone,
        ["/api/audit"] = Rule.Operator,
        ["/api/verify"] = Rule.SignedIn,
        ["/api/datasets/"] = Rule.SignedIn,
        ["/api/datasets/{name}"] = Rule.SignedIn,
        ["/api/templates/"] = Rule.SignedIn,
        ["/api/templates/{id}"] = Rule.SignedIn,
        ["/api/templates/{id}/versions"] = Rule.SignedIn,
        ["/api/schedules/"] = Rule.SignedIn,
        ["/api/schedules/preview"] = Rule.SignedIn,
        ["/api/schedules/{id}"] = Rule.SignedIn,
        ["/api/schedules/{id}/pause"] = Rule.SignedIn,
        ["/api/schedules/{id}/resume"] = Rule.SignedIn,
        ["/api/schedules/{id}/owner"] = Rule.SignedIn,
        ["/api/schedules/{id}/run"] = Rule.SignedIn,
        ["/api/schedules/{id}/backfill"] = Rule.SignedIn,
        ["/api/schedules/{id}/runs"] = Rule.SignedIn,
        ["/api/schedules/{id}/runs/{occurrence}/deliver"] = Rule.SignedIn,
        ["/api/schedules/{id}/runs/{occurrence}/drop"] = Rule.SignedIn,
        ["/api/targets/usable"] = Rule.SignedIn,
        ["/api/targets/"] = Rule.Admin,
        ["/api/targets/{id}"] = Rule.Admin,
        ["/api/targets/{id}/test"] = Rule.Admin,
        ["/api/targets/{id}/secret"] = Rule.Admin,
        ["/api/targets/{id}/disable"] = Rule.Admin,
        ["/api/targets/{id}/enable"] = Rule.Admin,
        ["/api/deliveries/"] = Rule.SignedIn,
        ["/api/deliveries/{id}/again"] = Rule.SignedIn,
        ["/api/news"] = Rule.SignedIn,
        ["/api/news/read"] = Rule.SignedIn,
        ["/api/received/{id}/file"] = Rule.SignedIn,
        ["/api/datasets/{name}/preview"] = Rule.SignedIn,
        ["/api/datasets/{name}/columns/{column}/values"] = Rule.SignedIn,
        ["/api/operations/"] = Rule.Operator,
        ["/api/operations/pause"] = Rule.Operator,
        ["/api/operations/resume"] = Rule.Operator,
        ["/api/operations/drain"] = Rule.Operator,
        ["/api/operations/undrain"] = Rule.Operator,
        ["/api/operations/exports/{id}/cancel"] = Rule.Operator,
        ["/api/operations/exports/{id}/retry"] = Rule.Operator,
        ["/hangfire/{**path}"] = Rule.Dashboard,
    };

    private static readonly HashSet<HttpStatusCode> Refusals = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    [Fact]
    public void Every_route_of_the_running_application_has_a_stated_rule_and_every_rule_a_route()
    {
        var routes = site.Endpoints.Select(endpoint => PatternOf(endpoint)).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(Stated.Keys.Where(route => site.HasDashboard || route != "/hangfire/{**path}").Order(StringComparer.Ordinal), routes);
    }

    [Fact]
    public async Task Every_route_keeps_its_rule_whoever_comes_and_whatever_method_it_takes()
    {
        var faults = new List<string>();
        foreach (var endpoint in site.Endpoints)
        {
            foreach (var method in MethodsOf(endpoint))
            {
                foreach (var who in site.Everybody)
                {
                    var let = await IsLetInAsync(who.Client, method, AddressOf(endpoint));
                    if (let != MayCome(Stated[PatternOf(endpoint)], who, IsReading(method)))
                    {
                        faults.Add($"{who.Name} {(let ? "is let in" : "is refused")} at {method} {PatternOf(endpoint)}");
                    }
                }
            }
        }

        Assert.Empty(faults);
    }

    private static bool MayCome(Rule rule, Caller who, bool reading) => rule switch
    {
        Rule.Anyone => true,
        _ when who.Scopes is [Scopes.Read] && !reading => false,
        Rule.SignedIn => who.SignedIn,
        Rule.InPerson => who.SignedIn && who.Scopes.Length == 0,
        Rule.Operator => who.IsAdmin || (who.IsSupport && reading),
        Rule.Admin => who.IsAdmin,
        Rule.AdminInPerson => who.IsAdmin && who.Scopes.Length == 0,
        // A command without its form's token is refused to everybody.
        Rule.Dashboard => (who.IsAdmin || who.IsSupport) && reading,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    private static async Task<bool> IsLetInAsync(HttpClient client, string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var answer = await client.SendAsync(request);
        return !Refusals.Contains(answer.StatusCode)
            && answer.Headers.Location?.ToString().Contains("/sign-in?ReturnUrl=", StringComparison.OrdinalIgnoreCase) != true;
    }

    private static bool IsReading(string method) => method is "GET" or "HEAD";

    private static string PatternOf(RouteEndpoint endpoint)
    {
        var parts = endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { IsCatchAll: true } all => $"{{**{all.Name}}}",
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            RoutePatternSeparatorPart separator => separator.Content,
            _ => "",
        })));
        var path = "/" + string.Join('/', parts);
        return endpoint.RoutePattern.RawText?.Length > 1 && endpoint.RoutePattern.RawText.EndsWith('/') ? path + "/" : path;
    }

    private static string AddressOf(RouteEndpoint endpoint) => PatternOf(endpoint)
        .Replace("{id}", "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a", StringComparison.Ordinal)
        .Replace("{occurrence}", "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3b", StringComparison.Ordinal)
        .Replace("{dataset}", "orders", StringComparison.Ordinal)
        .Replace("{name}", "orders", StringComparison.Ordinal)
        .Replace("{column}", "status", StringComparison.Ordinal)
        .Replace("{documentName}", "v1", StringComparison.Ordinal)
        .Replace("{code}", "404", StringComparison.Ordinal)
        .Replace("/{**path}", "", StringComparison.Ordinal);

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET", "POST"];

    public sealed record Caller(string Name, HttpClient Client, bool SignedIn, bool IsAdmin, bool IsSupport, params string[] Scopes);

    public sealed class Site : IAsyncLifetime
    {
        private readonly AccessApp access = new();

        internal IReadOnlyList<Caller> Everybody { get; private set; } = [];

        internal IEnumerable<RouteEndpoint> Endpoints => access.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

        internal bool HasDashboard => access.App.Services.GetRequiredService<ExportHub.Exports.IJobEngine>().Dashboard is not null;

        public async Task InitializeAsync()
        {
            await access.InitializeAsync();
            await access.AddAsync("sue", Roles.Support);
            Everybody =
            [
                new("nobody", access.NewClient(), false, false, false),
                new("anna in person", await access.SignedInAsync("anna"), true, false, false),
                new("anna's reading token", await access.WithTokenAsync("anna", Scopes.Read), true, false, false, Scopes.Read),
                new("anna's token", await access.WithTokenAsync("anna", Scopes.Export), true, false, false, Scopes.Export),
                new("support in person", await access.SignedInAsync("sue"), true, false, true),
                new("support's token", await access.WithTokenAsync("sue", Scopes.Export), true, false, true, Scopes.Export),
                new("the administrator in person", await access.SignedInAsync(FirstAdministrator.Name), true, true, false),
                new("the administrator's token", await access.WithTokenAsync(FirstAdministrator.Name, Scopes.Admin), true, true, false, Scopes.Admin),
                new("the administrator's token without the scope admin", await access.WithTokenAsync(FirstAdministrator.Name, Scopes.Export), true, false, false, Scopes.Export),
            ];
        }

        public Task DisposeAsync() => access.DisposeAsync();
    }
}
