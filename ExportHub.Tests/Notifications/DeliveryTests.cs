using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Files;
using ExportHub.Files.Azure;
using ExportHub.Files.S3;
using ExportHub.Notifications;
using ExportHub.Tests.Files.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Notifications;

/// <summary>Targets through the whole application: how they are made, what arrives there, who may have it.</summary>
public sealed class DeliveryTests(NoticeApp site, S3Server s3, AzureServer azure) : IClassFixture<NoticeApp>, IClassFixture<S3Server>, IClassFixture<AzureServer>
{
    [Fact]
    public async Task A_web_hook_is_told_facts_without_rows_and_signed_with_the_secret_that_was_shown_once()
    {
        await using var hook = new HookServer();
        var made = await MakeAsync(new { name = $"hook {Guid.NewGuid():N}", kind = "webhook", roles = new[] { "*" }, settings = new { url = $"http://127.0.0.1:{hook.Port}/x" } });
        var secret = made.GetProperty("newSecret").GetString()!;
        var export = await site.ExportAsync("bert");

        var news = NoticeApp.Ready("bert", export, new() { Targets = [Name(made)], MailOwner = false });
        await site.News.TellAsync(news, default);
        Assert.Equal(DeliveryStatus.Done, (await site.SettledAsync(news, Name(made))).Status);

        var call = Assert.Single(hook.Calls);
        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal("ready", body.GetProperty("kind").GetString());
        Assert.Equal(5, body.GetProperty("export").GetProperty("rows").GetInt64());
        Assert.Equal($"{NoticeApp.Site}/exports/{export}", body.GetProperty("export").GetProperty("page").GetString());
        Assert.DoesNotContain("iban", Encoding.UTF8.GetString(call.Body), StringComparison.OrdinalIgnoreCase);
        var signature = call.Headers["ExportHub-Signature"].Split(',');
        byte[] signed = [.. Encoding.UTF8.GetBytes(signature[0][2..] + "."), .. call.Body];
        Assert.Equal("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)), signature[1]);
        Assert.DoesNotContain(secret, await site.App.Client.GetStringAsync(new Uri($"/api/targets/{made.GetProperty("id").GetGuid()}", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(0, await site.App.Database.CountAsync($"SELECT count(*) FROM exporthub.target WHERE secret LIKE '%{secret[6..]}%'"));
    }

    [Fact]
    public async Task A_web_hook_that_fails_is_tried_again_and_sent_again_when_somebody_says_so()
    {
        await using var hook = new HookServer
        {
            Answer = (number, stream, cancel) => HookServer.SayAsync(stream, number == 1 ? "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", cancel),
        };
        var made = await MakeAsync(new { name = $"shaky {Guid.NewGuid():N}", kind = "webhook", roles = new[] { "*" }, settings = new { url = $"http://127.0.0.1:{hook.Port}/x" } });
        var news = NoticeApp.Ready("bert", await site.ExportAsync("bert"), new() { Targets = [Name(made)], MailOwner = false }) with { Kind = NewsKind.Held, Reason = "Empty." };

        await site.News.TellAsync(news, default);
        var failed = await site.DeliveryAsync(news, Name(made), one => one.Status == DeliveryStatus.Failed);
        var bert = await site.Rights.AsAsync("bert");
        Assert.Equal(HttpStatusCode.Conflict, (await AgainAsync(bert, failed.Id)).StatusCode);
        await site.App.Database.ExecuteAsync($"UPDATE exporthub.delivery SET next_try_at = now() WHERE id = '{failed.Id}'");
        await site.SettledAsync(news, Name(made));

        Assert.Equal(HttpStatusCode.NotFound, (await AgainAsync(await site.Rights.AsAsync("anna"), failed.Id)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await AgainAsync(bert, failed.Id)).StatusCode);
        await Until.TrueAsync(() => hook.Calls.Count == 3, "the third call");
        await site.SettledAsync(news, Name(made));
        Assert.Equal([failed.Id.ToString()], hook.Calls.Select(call => call.Headers["ExportHub-Delivery"]).Distinct());
        Assert.Equal(1, await site.App.Database.CountAsync($"SELECT count(*) FROM exporthub.audit WHERE act = 'delivery_again' AND who = 'bert' AND details ->> 'id' = '{failed.Id}'"));
        var listed = (await bert.GetFromJsonAsync<JsonElement>("/api/deliveries?channel=webhook&status=done")).GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == failed.Id);
        Assert.Equal(3, listed.GetProperty("tries").GetArrayLength());
    }

    [Fact]
    public async Task A_folder_gets_the_file_byte_for_byte_and_another_name_where_somebody_elses_is()
    {
        var made = await MakeAsync(new { name = $"folder {Guid.NewGuid():N}", kind = "folder", roles = new[] { "finance" }, settings = new { folder = site.Folder.CreateSubdirectory("a").FullName, namePattern = "{schedule}.{ending}" } });
        var export = await site.ExportAsync("bert");
        var content = await site.App.Client.GetByteArrayAsync(new Uri($"/api/exports/{export}/file", UriKind.Relative));
        var first = NoticeApp.Ready("bert", export, new() { Targets = [Name(made)], MailOwner = false }, "Deals");
        var second = NoticeApp.Ready("bert", export, new() { Targets = [Name(made)], MailOwner = false }, "Deals");

        foreach (var news in new[] { first, second })
        {
            await site.News.TellAsync(news, default);
            Assert.Equal(DeliveryStatus.Done, (await site.SettledAsync(news, Name(made))).Status);
        }

        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(site.Folder.FullName, "a", "Deals.csv")));
        Assert.Equal("Deals (2).csv", (await site.SettledAsync(second, Name(made))).Placed);

        // The same occurrence again replaces its own.
        await File.WriteAllTextAsync(Path.Combine(site.Folder.FullName, "a", "Deals (2).csv"), "damaged");
        var again = await site.SettledAsync(second, Name(made));
        await AgainAsync(site.App.Client, again.Id);
        await site.DeliveryAsync(second, Name(made), one => one is { Status: DeliveryStatus.Done, Tries: 2 });
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(site.Folder.FullName, "a", "Deals (2).csv")));
        Assert.Equal(["Deals (2).csv", "Deals.csv"], new DirectoryInfo(Path.Combine(site.Folder.FullName, "a")).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_owner_who_may_no_longer_use_the_target_or_see_the_rows_delivers_nothing()
    {
        var made = await MakeAsync(new { name = $"closed {Guid.NewGuid():N}", kind = "folder", roles = new[] { "finance" }, settings = new { folder = site.Folder.CreateSubdirectory("b").FullName } });
        var export = await site.ExportAsync("bert");
        var notHis = NoticeApp.Ready("anna", export, new() { Targets = [Name(made)], MailOwner = false });
        var expired = NoticeApp.Ready("bert", Guid.CreateVersion7(), new() { Targets = [Name(made)], MailOwner = false });

        await site.News.TellAsync(notHis, default);
        await site.News.TellAsync(expired, default);

        Assert.Contains("no longer use this target", (await site.SettledAsync(notHis, Name(made))).Answer, StringComparison.Ordinal);
        Assert.Contains("expired", (await site.SettledAsync(expired, Name(made))).Answer, StringComparison.Ordinal);
        Assert.Empty(new DirectoryInfo(Path.Combine(site.Folder.FullName, "b")).GetFiles("*", SearchOption.AllDirectories));
        Assert.Equal(1, await site.App.Database.CountAsync($"SELECT count(*) FROM exporthub.event WHERE person = 'anna' AND kind = 'undelivered'"));
    }

    [S3Fact]
    public async Task A_bucket_gets_the_file_and_the_secret_is_kept_to_itself()
    {
        var settings = new { bucket = S3Server.Bucket, endpoint = s3.Address.ToString(), accessKey = S3Server.Key, pathStyle = true, namePattern = "{schedule}/{export}.{ending}" };

        await PushedAsync("s3", settings, S3Server.Key, new S3FileStore(s3.Options()));
    }

    [AzureFact]
    public async Task A_container_gets_the_file_and_the_secret_is_kept_to_itself()
    {
        var settings = new { account = AzureServer.Account, container = AzureServer.Container, endpoint = azure.Address.ToString(), namePattern = "{schedule}/{export}.{ending}" };

        await PushedAsync("azure", settings, AzureServer.Key, new AzureFileStore(azure.Options()));
    }

    [S3Fact]
    public async Task A_bucket_that_is_not_there_is_not_saved()
    {
        var settings = new { bucket = "nowhere", endpoint = s3.Address.ToString(), accessKey = S3Server.Key, pathStyle = true };

        var answer = await site.App.Client.PostAsJsonAsync("/api/targets", new { name = "nowhere", kind = "s3", settings, secret = S3Server.Key });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("“nowhere”", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "name": "x", "kind": "webhook", "settings": { "url": "http://169.254.169.254/" } }""", "settings.url")]
    [InlineData("""{ "name": "x", "kind": "folder", "settings": { "folder": "/etc" } }""", "settings.folder")]
    [InlineData("""{ "name": "x", "kind": "folder", "settings": { "folder": "FOLDER", "namePattern": "{customer}" } }""", "settings.namePattern")]
    [InlineData("""{ "name": "x", "kind": "folder", "settings": { "folder": "FOLDER/not-there" } }""", "")]
    [InlineData("""{ "name": "", "kind": "folder", "settings": { "folder": "FOLDER" } }""", "name")]
    [InlineData("""{ "name": "x", "kind": "s3", "settings": { "accessKey": "a" }, "secret": "b" }""", "settings.bucket")]
    [InlineData("""{ "name": "x", "kind": "azure", "settings": { "account": "a", "container": "c" } }""", "secret")]
    [InlineData("""{ "name": "x", "kind": "webhook", "roles": ["No role"], "settings": { "url": "https://93.184.216.34/" } }""", "roles")]
    public async Task A_target_that_cannot_be_one_is_refused_at_its_field(string body, string field)
    {
        using var content = new StringContent(body.Replace("FOLDER", site.Folder.FullName, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        var answer = await site.App.Client.PostAsync(new Uri("/api/targets", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_people_say_of_a_delivery_is_checked_with_sentences()
    {
        var check = site.App.Services.GetRequiredService<DeliveryCheck>();
        var faults = new List<string>();
        var anna = new Viewer("anna", SeesAll: false);

        var settled = await check.SettleAsync(new() { MailTo = [" a@example.com", "A@example.com", ""] }, anna, (field, _) => faults.Add(field), default);
        Assert.Empty(faults);
        Assert.Equal(["a@example.com"], settled.MailTo);

        await check.SettleAsync(new() { MailTo = ["nobody"], Targets = ["not there"] }, anna, (field, message) => faults.Add($"{field}: {message}"), default);
        await check.SettleAsync(new() { MailTo = [.. Enumerable.Range(0, 500).Select(n => $"a{n}@example.com")] }, anna, (_, message) => faults.Add(message), default);
        Assert.Equal(
            [
                "delivery.mailTo: “nobody” is not a mail address. One looks like anna@example.com.", "delivery.targets: There is no target “not there” that you may use.",
                "500 recipients are too many: one schedule may have 50. A distribution list is one recipient.",
            ],
            faults);
    }

    [Fact]
    public async Task The_link_of_a_mail_opens_for_its_recipient_alone_and_only_with_the_right()
    {
        // A file of anna's: bert sees all rows and so may have it.
        var export = await site.ExportAsync("anna");
        var news = NoticeApp.Ready("anna", export, new() { MailTo = ["bert@example.com", "cleo@example.com"], MailOwner = false });
        await site.News.TellAsync(news, default);
        var toBert = await site.SettledAsync(news, "bert@example.com");
        var toCleo = await site.SettledAsync(news, "cleo@example.com");
        var (bert, anna, cleo) = (await site.Rights.AsAsync("bert"), await site.Rights.AsAsync("anna"), await site.Rights.AsAsync("cleo"));

        Assert.Equal(await site.App.Client.GetByteArrayAsync(new Uri($"/api/exports/{export}/file", UriKind.Relative)), await bert.GetByteArrayAsync(FileOf(toBert.Id)));
        Assert.Equal(HttpStatusCode.NotFound, (await anna.GetAsync(FileOf(toBert.Id))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await cleo.GetAsync(FileOf(toCleo.Id))).StatusCode);
        Assert.Equal(1, await site.App.Database.CountAsync($"SELECT count(*) FROM exporthub.audit WHERE act = 'download' AND who = 'bert' AND export_id = '{export}'"));

        var page = await (await site.Rights.Access.SignedInAsync("bert")).GetStringAsync(new Uri($"/received/{toBert.Id}", UriKind.Relative));
        Assert.Contains($"/api/received/{toBert.Id}/file", page, StringComparison.Ordinal);
        var refused = await (await site.Rights.Access.SignedInAsync("cleo")).GetStringAsync(new Uri($"/received/{toCleo.Id}", UriKind.Relative));
        Assert.Contains("no longer permitted", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("/file", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.Rights.Access.SignedInAsync("anna")).GetAsync(new Uri($"/received/{toBert.Id}", UriKind.Relative))).StatusCode);

        static Uri FileOf(Guid delivery) => new($"/api/received/{delivery}/file", UriKind.Relative);
    }

    [Fact]
    public async Task The_bell_counts_what_is_unread_of_ones_own_until_it_is_read()
    {
        await site.Rights.Access.AddAsync("belle", "finance");
        await site.ExportAsync("belle");
        var belle = await site.Rights.AsAsync("belle");

        var news = (await belle.GetFromJsonAsync<JsonElement>("/api/news")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("ready", Assert.Single(news).GetProperty("kind").GetString());
        Assert.Equal(1, await site.App.Services.GetRequiredService<Bell>().CountUnreadAsync("belle", default));
        var page = await (await site.Rights.Access.SignedInAsync("belle")).GetStringAsync(new Uri("/news", UriKind.Relative));
        Assert.Contains("aria-label=\"News, 1 unread\"", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await belle.PostAsync(new Uri("/api/news/read", UriKind.Relative), null)).StatusCode);
        Assert.Equal(0, await site.App.Services.GetRequiredService<Bell>().CountUnreadAsync("belle", default));
        Assert.Empty((await (await site.Rights.AsAsync("dora")).GetFromJsonAsync<JsonElement>("/api/news")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Two_senders_at_once_send_each_thing_once()
    {
        await using var hook = new HookServer();
        var made = await MakeAsync(new { name = $"busy {Guid.NewGuid():N}", kind = "webhook", roles = new[] { "*" }, settings = new { url = $"http://127.0.0.1:{hook.Port}/x" } });
        var export = await site.ExportAsync("bert");
        var sender = site.App.Services.GetRequiredService<SendDeliveries>();
        var way = site.App.Services.GetServices<IDeliver>().Single(one => one.Channel == Channel.Webhook);
        var all = Enumerable.Range(0, 30).Select(_ => NoticeApp.Ready("bert", export, new() { Targets = [Name(made)], MailOwner = false })).ToList();

        await Task.WhenAll(all.Select(async news =>
        {
            await site.News.TellAsync(news, default);
            await sender.SendDueAsync(way, default);
        }));

        foreach (var news in all)
        {
            await Until.TrueAsync(async () => await site.App.Database.CountAsync($"SELECT count(*) FROM exporthub.delivery WHERE news_key = '{news.Key}' AND status = 'done'") == 1, "the delivery");
        }

        Assert.Equal(30, hook.Calls.Count);
        Assert.Equal(30, hook.Calls.Select(call => call.Headers["ExportHub-Delivery"]).Distinct().Count());
    }

    private async Task PushedAsync(string kind, object settings, string secret, IFileStore store)
    {
        using var closed = (IDisposable)store;
        var made = await MakeAsync(new { name = $"{kind} {Guid.NewGuid():N}", kind, roles = new[] { "finance" }, settings, secret });
        var export = await site.ExportAsync("bert");
        var news = NoticeApp.Ready("bert", export, new() { Targets = [Name(made)], MailOwner = false }, "Über alles");

        await site.News.TellAsync(news, default);

        var delivery = await site.SettledAsync(news, Name(made));
        Assert.True(delivery.Status == DeliveryStatus.Done, delivery.Answer);
        await using var there = await store.OpenAsync(delivery.Placed!, default);
        var copy = new MemoryStream();
        await there!.CopyToAsync(copy);
        Assert.Equal(await site.App.Client.GetByteArrayAsync(new Uri($"/api/exports/{export}/file", UriKind.Relative)), copy.ToArray());
        Assert.Equal($"Über alles/{export}.csv", delivery.Placed);
        var shown = await site.App.Client.GetFromJsonAsync<JsonElement>($"/api/targets/{made.GetProperty("id").GetGuid()}");
        Assert.True(shown.GetProperty("hasSecret").GetBoolean());
        Assert.False(shown.TryGetProperty("secret", out _));
    }

    private async Task<JsonElement> MakeAsync(object draft)
    {
        var answer = await site.App.Client.PostAsJsonAsync("/api/targets", draft);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, document.ToString());
        return document;
    }

    private static string Name(JsonElement target) => target.GetProperty("name").GetString()!;

    private static Task<HttpResponseMessage> AgainAsync(HttpClient client, Guid delivery) => client.PostAsync(new Uri($"/api/deliveries/{delivery}/again", UriKind.Relative), null);
}
