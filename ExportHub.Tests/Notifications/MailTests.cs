using System.Text;
using ExportHub.Notifications;
using ExportHub.Notifications.Mail;

namespace ExportHub.Tests.Notifications;

/// <summary>Mails through a real server: who gets the way to a file, who gets the file, who gets neither, and what a refusal of the server means.</summary>
public sealed class MailTests(NoticeApp site) : IClassFixture<NoticeApp>
{
    [Fact]
    public async Task The_owner_gets_a_mail_with_facts_and_a_link_in_text_and_html()
    {
        var export = await site.ExportAsync("bert");

        var news = NoticeApp.Ready("bert", export, new(), "Every Tuesday");
        await site.News.TellAsync(news, default);
        await site.SettledAsync(news, "bert@example.com");

        var mail = Assert.Single(site.Mail.Mails, mail => mail.Subject.Contains("Every Tuesday", StringComparison.Ordinal));
        Assert.Equal("“Every Tuesday” is ready", mail.Subject);
        Assert.Equal("exporthub@example.com", mail.From);
        Assert.Contains("23 Nov 2026, 06:30 (Europe/Berlin)", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Rows: 5", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"{NoticeApp.Site}/exports/{export}", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{NoticeApp.Site}/exports/{export}\">Open the file</a>", mail.Html, StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
    }

    [Theory]
    [InlineData("cleo@example.com", "With the rights you have now")]
    [InlineData("outsider@example.org", "belongs to nobody who can sign in")]
    [InlineData("anna@example.com", "With the rights you have now")]
    public async Task Who_may_not_have_the_file_gets_a_notice_without_link_figures_or_file(string recipient, string said)
    {
        // Bert sees all rows, anna those of her region only: a file of his is not hers.
        var export = await site.ExportAsync("bert");

        var news = NoticeApp.Ready("bert", export, new() { MailTo = [recipient], Attach = true, MailOwner = false }, $"Notice for {recipient}");
        await site.News.TellAsync(news, default);
        await site.SettledAsync(news, recipient);

        var mail = Assert.Single(site.Mail.Mails, mail => mail.To == recipient && mail.Subject.Contains("Notice for", StringComparison.Ordinal));
        Assert.Contains(said, mail.Text, StringComparison.Ordinal);
        Assert.Contains("ask bert", mail.Text, StringComparison.Ordinal);
        Assert.Null(mail.Attachment);
        Assert.All(["http", "Rows", "received", export.ToString()], word => Assert.DoesNotContain(word, mail.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("href", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_with_the_right_gets_the_file_itself_where_it_was_asked_for()
    {
        var export = await site.ExportAsync("anna");

        // In capitals: it is the same address.
        var news = NoticeApp.Ready("anna", export, new() { MailTo = ["BERT@example.com"], Attach = true, MailOwner = false }, "With the file");
        await site.News.TellAsync(news, default);
        await site.SettledAsync(news, "BERT@example.com");

        var mail = await site.Mail.MailToAsync("BERT@example.com");
        Assert.Equal(await site.App.Client.GetByteArrayAsync(new Uri($"/api/exports/{export}/file", UriKind.Relative)), mail.Attachment);
        Assert.Contains("The file is attached.", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"{NoticeApp.Site}/received/", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_two_people_is_nobodys()
    {
        var export = await site.ExportAsync("bert");
        await site.App.Database.ExecuteAsync("UPDATE exporthub.app_user SET email = 'both@example.com' WHERE name IN ('dora', 'cleo')");

        var news = NoticeApp.Ready("bert", export, new() { MailTo = ["both@example.com"], MailOwner = false });
        await site.News.TellAsync(news, default);

        Assert.Contains("belongs to nobody", (await site.Mail.MailToAsync("both@example.com")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("Report\r\nBcc: victim@example.com\r\n\r\nBuy now")]
    [InlineData("Über\u202Egnp.exe “quoted” 漢字")]
    public async Task A_hostile_name_of_a_schedule_does_nothing(string name)
    {
        var export = await site.ExportAsync("bert");
        var recipient = $"hostile-{Guid.NewGuid():N}@example.org";

        await site.News.TellAsync(NoticeApp.Ready("bert", export, new() { MailTo = [recipient], MailOwner = false }, name), default);

        var mail = await site.Mail.MailToAsync(recipient);
        Assert.DoesNotContain(mail.Headers, line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(site.Mail.Mails, other => other.To == "victim@example.com");
        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', mail.Text + mail.Html + mail.Subject);
        Assert.DoesNotContain('\n', mail.Subject);
    }

    [Fact]
    public async Task A_refusal_for_now_is_tried_again_and_one_for_good_is_told_to_the_owner()
    {
        var export = await site.ExportAsync("bert");
        site.Mail.AnswerTo = address => address.StartsWith("later", StringComparison.Ordinal) ? "451 4.3.0 try later" : address.StartsWith("never", StringComparison.Ordinal) ? "550 5.1.1 nobody" : null;

        var news = NoticeApp.Ready("bert", export, new() { MailTo = ["later@example.org", "never@example.org"], MailOwner = false });
        await site.News.TellAsync(news, default);

        var later = await site.DeliveryAsync(news, "later@example.org", one => one.Status == DeliveryStatus.Failed);
        Assert.Contains("try later", later.Answer, StringComparison.Ordinal);
        Assert.InRange((later.NextTryAt!.Value - DateTimeOffset.UtcNow).TotalSeconds, 1, 73);
        var never = await site.SettledAsync(news, "never@example.org");
        Assert.Equal(DeliveryStatus.GivenUp, never.Status);
        Assert.Contains("nobody", never.Answer, StringComparison.Ordinal);
        Assert.Equal(1, await site.App.Database.CountAsync($"SELECT count(*) FROM exporthub.event WHERE person = 'bert' AND kind = 'undelivered' AND key LIKE 'delivery:{never.Id}%'"));

        site.Mail.AnswerTo = _ => null;
        await site.App.Database.ExecuteAsync($"UPDATE exporthub.delivery SET next_try_at = now() WHERE id = '{later.Id}'");
        Assert.Equal(DeliveryStatus.Done, (await site.SettledAsync(news, "later@example.org")).Status);
        Assert.Equal([true, false], (await site.Deliveries.ListTriesAsync([later.Id], default))[later.Id].Select(one => one.Arrived));
    }

    [Fact]
    public async Task The_same_news_told_again_are_told_once()
    {
        var export = await site.ExportAsync("bert");
        var news = NoticeApp.Ready("bert", export, new() { MailTo = ["once@example.org"] });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => site.News.TellAsync(news, default)));

        await site.SettledAsync(news, "once@example.org");
        await site.SettledAsync(news, "bert@example.com");
        Assert.Equal(2, await site.App.Database.CountAsync($"SELECT count(*) FROM exporthub.delivery WHERE news_key = '{news.Key}'"));
        Assert.Single(site.Mail.Mails, mail => mail.To == "once@example.org");
    }

    [Theory]
    [InlineData(nameof(NewsKind.Failed), "failed", "there is no file")]
    [InlineData(nameof(NewsKind.Held), "waits for your decision", "Nobody has got it yet")]
    [InlineData(nameof(NewsKind.Paused), "was paused", "Mend the cause")]
    [InlineData(nameof(NewsKind.Missed), "did not run", "run it for that time yourself")]
    public async Task What_went_wrong_is_told_to_the_owner_alone(string kind, string subject, string said)
    {
        var news = NoticeApp.Ready("bert", Guid.NewGuid(), new() { MailTo = ["others@example.org"], MailOwner = false }, $"A {kind} one") with { Kind = Enum.Parse<NewsKind>(kind), ExportId = null, Reason = "The database did not answer." };

        await site.News.TellAsync(news, default);
        await site.SettledAsync(news, "bert@example.com");

        var mail = Assert.Single(site.Mail.Mails, mail => mail.Subject.Contains($"A {kind} one", StringComparison.Ordinal));
        Assert.Equal("bert@example.com", mail.To);
        Assert.Contains(subject, mail.Subject, StringComparison.Ordinal);
        Assert.Contains(said, mail.Text, StringComparison.Ordinal);
        Assert.Contains("The database did not answer.", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"{NoticeApp.Site}/schedules/", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task What_a_mail_is_reckoned_to_be_is_never_less_than_what_is_sent(int bytes)
    {
        await using var server = new SmtpServer();
        var sender = new MailServer(Microsoft.Extensions.Options.Options.Create(
            new MailOptions { Host = "127.0.0.1", Port = server.Port, StartTls = StartTls.Never, From = "a@example.com", PublicUrl = NoticeApp.Site }));
        using var attachment = new System.Net.Mail.Attachment(new MemoryStream(new byte[bytes]), "big.bin");

        var sent = await sender.SendAsync(Guid.NewGuid(), "b@example.com", new MailWords("Big", ["A file."], []), attachment, default);

        Assert.Equal(SentAs.Arrived, sent.As);
        var raw = Encoding.UTF8.GetByteCount((await server.MailToAsync("b@example.com")).Raw);
        Assert.InRange(MailSize.AsSent(bytes), raw, raw + 20_000);
    }
}
