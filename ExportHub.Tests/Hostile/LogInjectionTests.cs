using System.Net.Http.Json;
using ExportHub.Access;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Hostile;

/// <summary>What somebody sends makes no line of its own in the log, moves no cursor, and stands in the audit as it was sent.</summary>
public sealed class LogInjectionTests(LogInjectionTests.Site site) : IClassFixture<LogInjectionTests.Site>
{
    private const string Mark = "FAKED";

    public static TheoryData<string, string> Injected
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var place in new[] { "name", "password", "path", "query", "dataset", "user agent", "idempotency key", "file name", "filter", "token" })
            {
                foreach (var breaker in new[] { "\r\n", "\n", "\r", "\u001b[2J\u001b[31m", "\u0085", "\u2028", "\b\b\b", "\u009b2J" })
                {
                    all.Add(place, $"a{breaker}{Mark} warn: admin signed in");
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Injected))]
    public async Task What_is_sent_breaks_no_line(string place, string text)
    {
        var before = site.Log.Messages.Count();

        await SendAsync(place, text);

        foreach (var line in site.Log.Messages.Skip(before).Where(line => line.Contains(Mark, StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(line, letter => char.IsControl(letter) || letter is '\u2028' or '\u2029');
        }
    }

    [Fact]
    public async Task A_name_that_was_tried_stands_in_the_audit_as_it_was_typed_and_on_its_page_as_text()
    {
        const string Name = "eve\r\n\u001b[2J<script>alert(1)</script>";
        await AccessApp.SignInAsync(site.Access.NewClient(), Name, "a wrong password");

        Assert.Contains(await site.Access.App.Database.AuditAsync(), entry => entry.Subject == Name);
        var page = await site.Access.App.Client.GetStringAsync(new Uri("/admin/audit", UriKind.Relative));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", page, StringComparison.Ordinal);
    }

    private async Task SendAsync(string place, string text)
    {
        var api = site.Anna;
        var escaped = Uri.EscapeDataString(text);
        switch (place)
        {
            case "name":
                await AccessApp.SignInAsync(site.Access.NewClient(), text, "a wrong password");
                return;
            case "password":
                await AccessApp.SignInAsync(site.Access.NewClient(), "anna", text);
                return;
            case "path":
                await api.GetAsync(new Uri($"/api/{escaped}", UriKind.Relative));
                return;
            case "query":
                await api.GetAsync(new Uri($"/api/exports?dataset={escaped}&status={escaped}&before={escaped}", UriKind.Relative));
                return;
            case "dataset":
                await api.GetAsync(new Uri($"/request/{escaped}", UriKind.Relative));
                await api.PostAsJsonAsync("/api/exports", new { dataset = text, format = "csv" });
                return;
            case "filter":
                await api.PostAsJsonAsync("/api/exports", new { dataset = "orders", format = "csv", limit = 1, filters = new[] { new { column = "note", op = "eq", value = text } } });
                return;
            case "file name":
                var content = new ByteArrayContent([1]);
                content.Headers.TryAddWithoutValidation("Content-Type", "text/csv");
                content.Headers.TryAddWithoutValidation("Content-Disposition", $"attachment; filename*=UTF-8''{escaped}");
                await api.PostAsync(new Uri("/api/verify", UriKind.Relative), content);
                return;
            default:
                await SendHeaderAsync(place, text);
                return;
        }
    }

    /// <summary>Byte by byte, because a client refuses such a header. A line break there begins another header; all else is the server's to refuse.</summary>
    private async Task SendHeaderAsync(string place, string text)
    {
        var header = place switch { "user agent" => "User-Agent: ", "token" => "Authorization: Bearer ", _ => "Idempotency-Key: " };
        var said = await RawDoor.AskAsync(site.Access.App.Client.BaseAddress!, $"GET /api/exports HTTP/1.1\r\nHost: localhost\r\n{header}{text}\r\n");
        Assert.InRange(RawDoor.StatusOf(said), 400, 499);
    }

    public sealed class Site : IAsyncLifetime
    {
        internal AccessApp Access { get; } = new();

        internal HeardLog Log { get; } = new();

        internal HttpClient Anna { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            // As it is by default; who switches on more of the framework reads what the framework writes.
            Log.Hear(Access.App.OnPort(), "Information");
            await Access.InitializeAsync();
            Anna = await Access.WithTokenAsync("anna", Scopes.Export);
        }

        public async Task DisposeAsync()
        {
            await Access.DisposeAsync();
            Log.Dispose();
        }
    }
}
