using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ExportHub.Notifications;
using ExportHub.Notifications.Mail;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Notifications;

/// <summary>One mail to servers that are as servers are: with TLS, with a sign-in, down, slow.</summary>
public sealed class MailServerTests
{
    private static readonly MailWords Words = new("Hello", ["Something happened."], []);

    [Fact]
    public async Task The_mail_goes_by_tls_and_the_sign_in()
    {
        using var certificate = SmtpServer.NewCertificate();
        await using var server = new SmtpServer { Certificate = certificate, Account = ("exporthub", "the password") };
        using var trusted = new Trusted(certificate);

        var sent = await SendAsync(server.Port, options => (options.StartTls, options.User, options.Password) = (StartTls.Required, "exporthub", "the password"));

        Assert.Equal(SentAs.Arrived, sent.As);
        var mail = await server.MailToAsync("anna@example.com");
        Assert.True(mail.WasSecret);
        Assert.Equal("exporthub", mail.User);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_nothing()
    {
        using var certificate = SmtpServer.NewCertificate();
        await using var server = new SmtpServer { Certificate = certificate };

        var sent = await SendAsync(server.Port, options => options.StartTls = StartTls.Required);

        Assert.Equal(SentAs.Later, sent.As);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_without_tls_gets_nothing_where_tls_is_required()
    {
        await using var server = new SmtpServer();

        var sent = await SendAsync(server.Port, options => options.StartTls = StartTls.Required);

        Assert.Equal(SentAs.Later, sent.As);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_again_since_somebody_will_mend_it()
    {
        await using var server = new SmtpServer { Account = ("exporthub", "the password") };

        var sent = await SendAsync(server.Port, options => (options.User, options.Password) = ("exporthub", "another"));

        Assert.Equal(SentAs.Later, sent.As);
        Assert.DoesNotContain("another", sent.Answer, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_again()
    {
        int port;
        await using (var server = new SmtpServer())
        {
            port = server.Port;
        }

        Assert.Equal(SentAs.Later, (await SendAsync(port, _ => { })).As);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_waited_for_no_longer_than_the_setting()
    {
        await using var server = new SmtpServer { IsSilent = true };
        var watch = Stopwatch.StartNew();

        var sent = await SendAsync(server.Port, options => options.Timeout = TimeSpan.FromSeconds(1));

        Assert.Equal(SentAs.Later, sent.As);
        Assert.Contains("longer than 1 s", sent.Answer, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 15);
    }

    private static Task<Sent> SendAsync(int port, Action<MailOptions> change)
    {
        var options = new MailOptions { Host = "localhost", Port = port, StartTls = StartTls.Never, From = "exporthub@example.com", PublicUrl = NoticeApp.Site };
        change(options);
        return new MailServer(Options.Create(options)).SendAsync(Guid.NewGuid(), "anna@example.com", Words, attachment: null, default);
    }

    /// <summary>Lets the framework's client, which asks here, trust one certificate besides those of the machine, and nobody else's.</summary>
    private sealed class Trusted : IDisposable
    {
#pragma warning disable SYSLIB0014, MA0039 // There is no other place where the client of the framework asks, and it vouches for one certificate only.
        private readonly RemoteCertificateValidationCallback? before = ServicePointManager.ServerCertificateValidationCallback;

        public Trusted(X509Certificate2 certificate) => ServicePointManager.ServerCertificateValidationCallback =
            (_, shown, _, errors) => errors == SslPolicyErrors.None || shown?.GetCertHashString() == certificate.GetCertHashString();

        public void Dispose() => ServicePointManager.ServerCertificateValidationCallback = before;
#pragma warning restore SYSLIB0014, MA0039
    }
}
