using System.Net;
using ExportHub.Tests.Access;
using ExportHub.Tests.Pages;

namespace ExportHub.Tests.Hostile;

/// <summary>Methods and handlers that a page does not have are refused in words, and nothing of the page is drawn.</summary>
public sealed class HostileMethodTests(AccessApp access) : IClassFixture<AccessApp>
{
    private static readonly string[] Pages =
        ["/", "/request/orders", "/exports", "/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a", "/verify", "/sign-in", "/account", "/admin/users", "/admin/operations", "/admin/audit"];

    public static TheoryData<string, string> Strange
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var page in Pages)
            {
                foreach (var method in new[] { "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND", "NONSENSE" })
                {
                    all.Add(method, page);
                }

                all.Add("POST", page + "?handler=nonsense");
                all.Add("POST", page + "?handler=");
                all.Add("POST", page + "?handler=get");
                all.Add("POST", page + "?handler=PageHandlerExecuting");
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task What_a_page_does_not_take_is_refused_in_words(string method, string address)
    {
        var admin = await access.SignedInAsync(ExportHub.Access.FirstAdministrator.Name);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Content = new FormUrlEncodedContent([new(PageForms.Token, await PageForms.TokenAsync(admin))]);

        using var answer = await admin.SendAsync(request);

        Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        if (method == "OPTIONS")
        {
            Assert.Empty(await answer.Content.ReadAsStringAsync());
            return;
        }

        if (method != "POST" || address.Contains("nonsense", StringComparison.Ordinal) && HasNoOther(address))
        {
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.MethodNotAllowed, HttpStatusCode.BadRequest });
            Assert.NotEmpty((await answer.HtmlAsync()).QuerySelector("h1")!.TextContent);
        }
    }

    /// <summary>A page with one way to send takes it for every handler, as the framework has it.</summary>
    private static bool HasNoOther(string address) =>
        !(address.StartsWith("/request", StringComparison.Ordinal) || address.StartsWith("/sign-in", StringComparison.Ordinal) || address.StartsWith("/verify", StringComparison.Ordinal)
            || address.StartsWith("/admin/operations", StringComparison.Ordinal));
}
