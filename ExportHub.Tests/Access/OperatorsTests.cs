using System.Net;
using System.Net.Http.Json;
using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Access;

/// <summary>Who looks after the service: the administrator does, support looks on, nobody else is let in, wherever the request seems to come from.</summary>
public sealed class OperatorsTests(AccessApp access) : IClassFixture<AccessApp>
{
    private const string Nobody = "nobody";

    [Theory]
    [InlineData(Nobody, 401, 401)]
    [InlineData("anna", 403, 403)]
    [InlineData("sue", 200, 403)]
    [InlineData("admin", 200, 202)]
    public async Task The_operations_are_the_administrators_and_supports_to_look_at(string who, int looking, int acting)
    {
        var client = await ClientAsync(who);
        var id = await access.App.PostAsync(new { dataset = "orders", format = "csv" });

        var page = await client.GetAsync("/admin/operations");
        var report = await client.GetAsync("/api/operations");
        var act = await client.PostAsJsonAsync("/api/operations/exports/" + id + "/cancel", new { reason = "It locks a table." });

        Assert.Equal(who == Nobody ? HttpStatusCode.Redirect : (HttpStatusCode)looking, page.StatusCode);
        Assert.Equal((HttpStatusCode)looking, report.StatusCode);
        // Done or too late: both are answers to who may.
        Assert.Contains((int)act.StatusCode, acting == 202 ? new[] { 202, 409 } : [acting]);
    }

    [Theory]
    [InlineData(Nobody, 401)]
    [InlineData("anna", 403)]
    [InlineData("sue", 200)]
    [InlineData("admin", 200)]
    public async Task The_dashboard_is_the_same(string who, int status)
    {
        var client = await ClientAsync(who);
        foreach (var shape in new[] { "", "X-Forwarded-For: 127.0.0.1", "X-Real-IP: 127.0.0.1", "Forwarded: for=127.0.0.1" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/hangfire");
            if (shape.Split(": ") is [var name, var value])
            {
                request.Headers.Add(name, value);
            }

            var answer = await client.SendAsync(request);

            Assert.Equal(HasDashboard || who == Nobody ? status : 404, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task What_the_dashboard_refuses_to_a_stranger_is_a_page_that_leads_to_the_sign_in()
    {
        var page = await (await access.NewClient().GetAsync("/hangfire")).HtmlAsync();

        Assert.Equal("/sign-in?returnUrl=%2Fhangfire", page.QuerySelector("main a.primary")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("anna")]
    [InlineData("sue")]
    [InlineData("admin")]
    public async Task A_command_of_the_dashboard_without_its_token_is_refused_to_everybody(string who)
    {
        var client = await ClientAsync(who);

        var answer = await client.PostAsync("/hangfire/jobs/failed/requeue", new FormUrlEncodedContent([new("jobs[]", "1")]));

        Assert.Contains((int)answer.StatusCode, HasDashboard ? new[] { 401, 403 } : [403, 404]);
    }

    private bool HasDashboard => access.App.Services.GetRequiredService<IJobEngine>().Dashboard is not null;

    private async Task<HttpClient> ClientAsync(string who)
    {
        if (who == "sue" && (await access.WithPeopleAsync(people => people.ListAsync(default))).All(user => user.Name != who))
        {
            await access.AddAsync(who, Roles.Support);
        }

        return who == Nobody ? access.NewClient() : await access.SignedInAsync(who);
    }
}
