using System.Diagnostics;
using System.Net;
using ExportHub.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ExportHub.Tests.Access;

/// <summary>Guessing at passwords and at names.</summary>
public sealed class PasswordGuardTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Nobody = "nobody";

    private readonly AccessApp access = new();

    /// <summary>As slow as in the product: how long it takes is asked here.</summary>
    public Task InitializeAsync()
    {
        access.App.With(services => services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = new PasswordHasherOptions().IterationCount));
        return access.InitializeAsync();
    }

    public Task DisposeAsync() => access.DisposeAsync();

    [Fact]
    public async Task A_name_that_somebody_has_and_one_that_nobody_has_get_the_same_answers_however_often()
    {
        for (var n = 0; n < 8; n++)
        {
            var (theirs, nothing) = (await GuessAsync("anna"), await GuessAsync(Nobody));

            Assert.Equal(n < 5 ? HttpStatusCode.BadRequest : HttpStatusCode.TooManyRequests, theirs.StatusCode);
            Assert.Equal(theirs.StatusCode, nothing.StatusCode);
            Assert.Equal(theirs.Headers.RetryAfter, nothing.Headers.RetryAfter);
            Assert.Equal(await WordsAsync(theirs), await WordsAsync(nothing));
        }
    }

    [Theory]
    [InlineData("a disabled account")]
    [InlineData("an account without a password")]
    public async Task An_account_that_cannot_sign_in_answers_like_a_wrong_password(string kind)
    {
        await access.App.Database.ExecuteAsync(kind == "a disabled account"
            ? "UPDATE exporthub.app_user SET disabled = true WHERE name = 'anna'"
            : "UPDATE exporthub.app_user SET password_hash = NULL, origin = 'proxy', subject = 'ANNA' WHERE name = 'anna'");

        var right = await AccessApp.SignInAsync(access.NewClient(), "anna", access.PasswordOf("anna"));
        var unknown = await GuessAsync(Nobody);

        Assert.Equal((HttpStatusCode.BadRequest, await WordsAsync(unknown)), (right.StatusCode, await WordsAsync(right)));
    }

    [Fact]
    public async Task A_name_that_somebody_has_takes_as_long_as_one_that_nobody_has()
    {
        List<double> theirs = [], nothing = [];
        for (var n = 0; n < 15; n++)
        {
            theirs.Add(await MeasureAsync("anna"));
            nothing.Add(await MeasureAsync(Nobody));
        }

        var (known, unknown) = (Median(theirs), Median(nothing));
        output.WriteLine($"median of 15: {known:0.0} ms for a name that somebody has, {unknown:0.0} ms for one that nobody has");
        // Without the hash, the one would be a small part of the other.
        Assert.InRange(known / unknown, 0.6, 1.7);
    }

    [Fact]
    public async Task Who_guesses_elsewhere_keeps_nobody_out_of_a_browser_of_their_own()
    {
        var anna = await access.SignedInAsync("anna");
        for (var n = 0; n < 6; n++)
        {
            await GuessAsync("anna");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await AccessApp.SignInAsync(access.NewClient(), "anna", access.PasswordOf("anna"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await AccessApp.SignInAsync(anna, "anna", access.PasswordOf("anna"))).StatusCode);
    }

    [Fact]
    public async Task A_browser_that_is_known_has_five_tries_too_and_none_for_other_names()
    {
        var anna = await access.SignedInAsync("anna");
        for (var n = 0; n < 5; n++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await AccessApp.SignInAsync(anna, "anna", "guess")).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await AccessApp.SignInAsync(anna, "bert", "guess")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await AccessApp.SignInAsync(anna, "anna", access.PasswordOf("anna"))).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AccessApp.SignInAsync(anna, "bert", access.PasswordOf("bert"))).StatusCode);
    }

    [Fact]
    public async Task Guesses_made_at_the_same_time_are_no_more_than_one_after_the_other()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GuessAsync("anna")));

        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task One_address_does_not_go_through_all_names()
    {
        await access.App.Database.ExecuteAsync("DELETE FROM exporthub.sign_in_guess");
        await GuessAsync("first");
        // The other 98 are counted here, because each takes a tenth of a second.
        await access.App.Database.ExecuteAsync("UPDATE exporthub.sign_in_guess SET tries = 99 WHERE subject = sha256('address nowhere')");

        Assert.Equal(HttpStatusCode.BadRequest, (await GuessAsync("second")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GuessAsync("third")).StatusCode);
    }

    [Fact]
    public async Task The_wait_is_over_after_five_minutes_and_a_right_password_takes_the_wrong_ones_back()
    {
        for (var n = 0; n < 6; n++)
        {
            await GuessAsync("anna");
        }

        await access.App.Database.ExecuteAsync("UPDATE exporthub.sign_in_guess SET forgotten_at = forgotten_at - interval '5 minutes 1 second'");
        await access.SignedInAsync("anna");

        for (var n = 0; n < 5; n++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await GuessAsync("anna")).StatusCode);
        }
    }

    [Fact]
    public async Task What_was_typed_as_a_name_is_not_kept()
    {
        await GuessAsync("my-secret-password");

        Assert.Equal(0, await access.App.Database.CountAsync("SELECT count(*) FROM exporthub.sign_in_guess WHERE encode(subject, 'escape') ILIKE '%secret%'"));
    }

    private Task<HttpResponseMessage> GuessAsync(string name) => AccessApp.SignInAsync(access.NewClient(), name, "a wrong password");

    private async Task<double> MeasureAsync(string name)
    {
        // Only what is compared is measured, so nobody waits.
        await access.App.Database.ExecuteAsync("DELETE FROM exporthub.sign_in_guess");
        var client = access.NewClient();
        await client.GetAsync(new Uri("/sign-in", UriKind.Relative));
        var since = Stopwatch.GetTimestamp();
        Assert.Equal(HttpStatusCode.BadRequest, (await AccessApp.SignInAsync(client, name, "a wrong password")).StatusCode);
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    /// <summary>The page without the name that was typed and the key of the form, which is another each time.</summary>
    private static async Task<string> WordsAsync(HttpResponseMessage answer)
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        return page.QuerySelector("#error-summary")!.TextContent.Trim();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
