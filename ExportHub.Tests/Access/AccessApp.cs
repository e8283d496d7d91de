using System.Net;
using ExportHub.Access;
using ExportHub.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Access;

/// <summary>The application with people who sign in: the administrator, anna and bert.</summary>
public sealed class AccessApp : IAsyncLifetime
{
    private readonly Dictionary<string, string> passwords = new(StringComparer.Ordinal) { [FirstAdministrator.Name] = TestApp.AdminPassword };

    public TestApp App { get; } = new();

    public async Task InitializeAsync()
    {
        await App.InitializeAsync();
        await AddAsync("anna");
        await AddAsync("bert");
    }

    public Task DisposeAsync() => App.DisposeAsync();

    /// <summary>Changes accounts as an administrator does.</summary>
    internal async Task<T> WithPeopleAsync<T>(Func<People, Task<T>> act)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<People>());
    }

    internal async Task<User> FindAsync(string name) => (await WithPeopleAsync(people => people.ListAsync(default))).Single(user => user.Name == name);

    public async Task AddAsync(string name, params string[] roles)
    {
        var (password, fault) = await WithPeopleAsync(people => people.AddAsync(name, roles));
        Assert.Null(fault);
        passwords[name] = password!;
    }

    public string PasswordOf(string name) => passwords[name];

    /// <summary>A client without a session.</summary>
    public HttpClient NewClient() => App.NewStranger();

    /// <summary>A client that has signed in.</summary>
    public async Task<HttpClient> SignedInAsync(string name)
    {
        var client = NewClient();
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(client, name, passwords[name])).StatusCode);
        return client;
    }

    public static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string name, string password, string? returnUrl = null)
    {
        var address = "/sign-in" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl));
        var page = await (await client.GetAsync(new Uri(address, UriKind.Relative))).HtmlAsync();
        var fields = Form.Fields((AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("main form")!)
            .Where(field => field.Key is not ("name" or "password"))
            .Append(new("name", name))
            .Append(new("password", password));
        return await client.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent(fields));
    }

    /// <summary>Somebody else who sends the cookies that an answer has set.</summary>
    public HttpClient WithCookiesOf(HttpResponseMessage answer)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
        return client;
    }

    /// <summary>Whether pages open, or lead to the sign-in.</summary>
    public static async Task<bool> IsInAsync(HttpClient client) =>
        (await client.GetAsync(new Uri("/exports", UriKind.Relative))).StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.Redirect => false,
            var other => throw new InvalidOperationException($"A page answered {other}."),
        };

    /// <summary>A token of the person.</summary>
    public async Task<HttpClient> WithTokenAsync(string name, params string[] scopes)
    {
        var user = await FindAsync(name);
        var token = await App.Services.GetRequiredService<TokenStore>().CreateAsync(user.Id, "test", scopes, TimeSpan.FromHours(1), default);
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}
