using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Files;
using ExportHub.Tests.Access;
using ExportHub.Tests.Api;
using ExportHub.Tests.Faults;
using ExportHub.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Exports;

/// <summary>Each test has a person of its own, in a role whose files are kept for 30 days and that may see all rows.</summary>
public sealed class KeepFileTests(KeepFileTests.Site site) : IClassFixture<KeepFileTests.Site>
{
    private const int MostKept = 2;

    private static readonly TimeSpan OfFinance = TimeSpan.FromDays(30);

    [Fact]
    public async Task A_kept_file_outlives_its_time_and_let_go_it_has_a_day()
    {
        var eve = await site.NewPersonAsync("eve");
        var id = await eve.CompletedAsync();

        var kept = await eve.SendAsync(HttpMethod.Post, id, "keep");
        await site.SetAsync(id, "expires_at = now() - interval '1 second'");
        await site.ReconcileAsync();
        var file = await eve.Client.GetAsync(new Uri($"/api/exports/{id}/file", UriKind.Relative));
        var released = await eve.SendAsync(HttpMethod.Post, id, "unkeep");

        Assert.NotEqual(default, kept.GetProperty("keptAt").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, kept.GetProperty("expiresAt").ValueKind);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(JsonValueKind.Null, released.GetProperty("keptAt").ValueKind);
        Assert.InRange(released.GetProperty("expiresAt").GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
        Assert.Equal([("keep", "eve"), ("unkeep", "eve")], await site.ActsAsync(id));
    }

    [Fact]
    public async Task Let_go_in_time_a_file_has_the_time_that_it_had()
    {
        var fay = await site.NewPersonAsync("fay");
        var id = await fay.CompletedAsync();
        var before = (await fay.SendAsync(HttpMethod.Get, id, "")).GetProperty("expiresAt").GetDateTimeOffset();

        await fay.SendAsync(HttpMethod.Post, id, "keep");

        Assert.Equal(before, (await fay.SendAsync(HttpMethod.Post, id, "unkeep")).GetProperty("expiresAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task As_many_files_are_kept_as_one_person_may_keep_however_many_ask_at_once()
    {
        var gil = await site.NewPersonAsync("gil");
        var ids = new List<Guid>();
        for (var n = 0; n < MostKept + 2; n++)
        {
            ids.Add(await gil.CompletedAsync());
        }

        var answers = await Task.WhenAll(ids.Select(id => gil.AskAsync(HttpMethod.Post, id, "keep")));

        Assert.Equal(MostKept, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var problem = await ExportEndpointsTests.AssertProblemAsync(answers.First(answer => answer.StatusCode != HttpStatusCode.OK), (int)HttpStatusCode.Conflict);
        Assert.Contains($"one person may keep: {MostKept}.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_file_is_gone_at_once_and_its_record_says_who_did_it()
    {
        var hal = await site.NewPersonAsync("hal");
        var id = await hal.CompletedAsync();
        await hal.SendAsync(HttpMethod.Post, id, "keep");

        var answer = await hal.AskAsync(HttpMethod.Delete, id, "file");
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((HttpStatusCode.OK, "expired"), (answer.StatusCode, document.GetProperty("status").GetString()));
        Assert.InRange(document.GetProperty("deletedAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Empty(site.App.Stored(id));
        var gone = await ExportEndpointsTests.AssertProblemAsync(await hal.AskAsync(HttpMethod.Get, id, "file"), (int)HttpStatusCode.Gone);
        Assert.Equal("The file of this export was deleted.", gone.GetProperty("title").GetString());
        Assert.Equal([("keep", "hal"), ("delete_file", "hal"), ("expire", null)], await site.ActsAsync(id));
        Assert.Equal(HttpStatusCode.OK, (await hal.AskAsync(HttpMethod.Delete, id, "file")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await hal.AskAsync(HttpMethod.Post, id, "keep")).StatusCode);
    }

    [Fact]
    public async Task An_administrator_deletes_anothers_file_with_a_reason_only()
    {
        var ida = await site.NewPersonAsync("ida");
        var id = await ida.CompletedAsync();
        var admin = new Visitor(site, site.App.Client);

        var problem = await ExportEndpointsTests.AssertProblemAsync(await admin.AskAsync(HttpMethod.Delete, id, "file"), (int)HttpStatusCode.BadRequest);
        var still = await ida.AskAsync(HttpMethod.Get, id, "file");
        await admin.SendAsync(HttpMethod.Delete, id, "file?reason=It+holds+salaries.");

        Assert.Equal("Say why, in a few words.", problem.GetProperty("errors").GetProperty("reason")[0].GetString());
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Assert.Equal("It holds salaries.", Assert.Single(await site.App.Database.AuditAsync(id, "delete_file")).Text("reason"));
    }

    [Fact]
    public async Task Who_may_have_the_file_no_longer_may_not_keep_it_but_delete_it()
    {
        var jan = await site.NewPersonAsync("jan");
        var id = await jan.CompletedAsync();
        await site.Rights.GiveAsync("jan", [], "");

        Assert.Equal(HttpStatusCode.Forbidden, (await jan.AskAsync(HttpMethod.Post, id, "keep")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await jan.AskAsync(HttpMethod.Delete, id, "file")).StatusCode);
    }

    [Fact]
    public async Task While_the_store_is_down_a_deleted_file_is_nobodys_and_goes_when_it_is_up_again()
    {
        var kim = await site.NewPersonAsync("kim");
        var id = await kim.CompletedAsync();

        var (answer, file, waiting) = await site.WhileDownAsync(async () =>
        {
            var answer = await kim.AskAsync(HttpMethod.Delete, id, "file");
            var file = await kim.AskAsync(HttpMethod.Get, id, "file");
            await Assert.ThrowsAnyAsync<IOException>(site.ReconcileAsync);
            return (answer, file, await kim.SendAsync(HttpMethod.Get, id, ""));
        });
        await site.ReconcileAsync();

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Gone), (answer.StatusCode, file.StatusCode));
        Assert.Equal(("completed", JsonValueKind.Null), (waiting.GetProperty("status").GetString(), waiting.GetProperty("download").ValueKind));
        Assert.Equal("expired", (await kim.SendAsync(HttpMethod.Get, id, "")).GetProperty("status").GetString());
        Assert.Empty(site.App.Stored(id));
    }

    [Fact]
    public async Task How_long_a_file_is_kept_is_decided_at_the_request_by_dataset_or_role()
    {
        var lea = await site.NewPersonAsync("lea");
        var (ofRole, ofDataset) = (await lea.CompletedAsync(), await lea.CompletedAsync("brief"));

        Assert.Equal(OfFinance, await KeptForAsync(lea, ofRole));
        Assert.Equal(TimeSpan.FromDays(3), await KeptForAsync(lea, ofDataset));
    }

    [Fact]
    public async Task A_quota_of_ones_own_goes_before_that_of_everybody()
    {
        var mia = await site.NewPersonAsync("mia");
        await mia.CompletedAsync();
        var user = await site.Rights.Access.FindAsync("mia");

        Assert.Null(await site.Rights.Access.WithPeopleAsync(people => people.GiveQuotaAsync(user.Id, 1, default)));
        var refused = await RightsApp.PostAsync(mia.Client, new { dataset = "brief", format = "csv" });
        Assert.Null(await site.Rights.Access.WithPeopleAsync(people => people.GiveQuotaAsync(user.Id, null, default)));

        var problem = await ExportEndpointsTests.AssertProblemAsync(refused, (int)HttpStatusCode.Conflict);
        Assert.Equal("Your storage quota is reached.", problem.GetProperty("title").GetString());
        await mia.CompletedAsync();
        Assert.Equal(["1", null], (await site.App.Database.AuditAsync(act: "quota_given")).Where(entry => entry.Subject == "mia").Select(entry => entry.Text("after")));
    }

    [Fact]
    public async Task The_page_of_people_gives_a_quota_and_takes_it_back()
    {
        await site.Rights.Access.AddAsync("nia");
        var admin = await site.Rights.Access.SignedInAsync(FirstAdministrator.Name);

        var given = await GiveAsync(admin, "1,5 GB");
        var bytes = (await site.Rights.Access.FindAsync("nia")).QuotaBytes;
        var wrong = await GiveAsync(admin, "plenty");
        var still = (await site.Rights.Access.FindAsync("nia")).QuotaBytes;
        await GiveAsync(admin, "");

        Assert.Contains("The quota is changed.", given, StringComparison.Ordinal);
        Assert.Contains("Write a size such as 500 MB or 5 GB", wrong, StringComparison.Ordinal);
        Assert.Equal((1_500_000_000, 1_500_000_000), (bytes, still));
        Assert.Null((await site.Rights.Access.FindAsync("nia")).QuotaBytes);
    }

    private async Task<string> GiveAsync(HttpClient admin, string quota)
    {
        var person = await site.Rights.Access.FindAsync("nia");
        var page = await (await admin.GetAsync(new Uri("/admin/users", UriKind.Relative))).HtmlAsync();
        var form = page.QuerySelectorAll("form[action='/admin/users?handler=quota']").Cast<IHtmlFormElement>()
            .Single(form => Form.Fields(form).Any(field => field.Value == person.Id.ToString()));
        var fields = Form.Fields(form).Where(field => field.Key != "quota").Append(new("quota", quota));
        return await (await admin.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), new FormUrlEncodedContent(fields))).Content.ReadAsStringAsync();
    }

    private static async Task<TimeSpan> KeptForAsync(Visitor visitor, Guid id)
    {
        var document = await visitor.SendAsync(HttpMethod.Get, id, "");
        return document.GetProperty("expiresAt").GetDateTimeOffset() - document.GetProperty("finishedAt").GetDateTimeOffset();
    }

    /// <summary>Somebody and what they ask of their exports.</summary>
    internal sealed record Visitor(Site Site, HttpClient Client)
    {
        public async Task<Guid> CompletedAsync(string dataset = "deals") =>
            (await Site.Rights.CompletedAsync(Client, new { dataset, format = "csv" })).GetProperty("id").GetGuid();

        public Task<HttpResponseMessage> AskAsync(HttpMethod method, Guid id, string door) =>
            Client.SendAsync(new HttpRequestMessage(method, $"/api/exports/{id}/{door}".TrimEnd('/')));

        public async Task<JsonElement> SendAsync(HttpMethod method, Guid id, string door)
        {
            var answer = await AskAsync(method, id, door);
            var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(answer.IsSuccessStatusCode, document.ToString());
            return document;
        }
    }

    public sealed class Site : IAsyncLifetime
    {
        private static readonly string[] Acts = ["keep", "unkeep", "delete_file", "expire"];

        private bool storeIsDown;

        internal RightsApp Rights { get; } = new();

        internal TestApp App => Rights.App;

        public async Task InitializeAsync()
        {
            // Rounds of the application itself would come between.
            App.With("Exports:ReconcileEvery", "01:00:00").With("Exports:SweepEvery", "00:00:00").With("Files:RoleRetention:finance", $"{OfFinance}").With("Files:MostKept", $"{MostKept}");
            App.With(services => services.AddSingleton<IFileStore>(new DownableStore(App.FilesFolder, () => storeIsDown)));
            await Rights.InitializeAsync();
            await App.WriteDatasetAsync("brief", """{ "from": "public.deals", "retention": 3, "rights": { "export": ["finance"] } }""");
        }

        public Task DisposeAsync() => Rights.DisposeAsync();

        internal async Task<Visitor> NewPersonAsync(string name)
        {
            await Rights.Access.AddAsync(name, "finance");
            return new Visitor(this, await Rights.AsAsync(name));
        }

        internal async Task<T> WhileDownAsync<T>(Func<Task<T>> act)
        {
            storeIsDown = true;
            try
            {
                return await act();
            }
            finally
            {
                storeIsDown = false;
            }
        }

        internal Task SetAsync(Guid id, string change) => App.Database.ExecuteAsync($"UPDATE exporthub.export SET {change} WHERE id = '{id}'");

        internal Task ReconcileAsync() => App.Services.GetRequiredService<Reconciler>().ReconcileAsync(default);

        internal async Task<(string, string?)[]> ActsAsync(Guid id) =>
            [.. (await App.Database.AuditAsync(id)).Where(entry => Acts.Contains(entry.Act)).Select(entry => (entry.Act, entry.Who))];
    }

    private sealed class DownableStore(string folder, Func<bool> isDown) : IFileStore
    {
        private readonly LocalFileStore store = new(folder);

        public Task<IFilePart> CreateAsync(string name, FileLabel label, CancellationToken cancel) => Up().CreateAsync(name, label, cancel);

        public Task<Stream?> OpenAsync(string name, CancellationToken cancel) => Up().OpenAsync(name, cancel);

        public Task<bool> DeleteAsync(string name, CancellationToken cancel) => Up().DeleteAsync(name, cancel);

        public Task<long?> FreeBytesAsync(CancellationToken cancel) => Up().FreeBytesAsync(cancel);

        public IAsyncEnumerable<StoredObject> ListAsync(CancellationToken cancel) => Up().ListAsync(cancel);

        public Task<bool> DeleteAsync(StoredObject stored, CancellationToken cancel) => Up().DeleteAsync(stored, cancel);

        private LocalFileStore Up() => isDown() ? throw new IOException("The store is down.") : store;
    }
}
