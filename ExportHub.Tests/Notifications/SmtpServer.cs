using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ExportHub.Tests.Notifications;

/// <summary>A mail server of RFC 5321 on a port of this machine, as small as a client can bear. It keeps what it accepts and refuses what it is told to.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task listening;

    public SmtpServer()
    {
        listener.Start();
        listening = ListenAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<SmtpMail> Mails { get; } = [];

    /// <summary>User and password; null lets anybody in.</summary>
    public (string User, string Password)? Account { get; init; }

    /// <summary>Null offers no STARTTLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The answer to each RCPT of an address, such as `550 5.1.1 nobody`; null accepts it.</summary>
    public Func<string, string?> AnswerTo { get; set; } = _ => null;

    /// <summary>Says nothing any more after this.</summary>
    public bool IsSilent { get; set; }

    public static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public Task<SmtpMail> MailToAsync(string address, int number = 1) =>
        Until.AnswerAsync(() => Task.FromResult(Mails.Where(mail => mail.To == address).ElementAtOrDefault(number - 1)), $"mail {number} to {address}");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await listening;
        stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new Session(this, client.GetStream(), stop.Token).RunAsync();
            }
            catch (Exception over) when (over is IOException or OperationCanceledException or AuthenticationException)
            {
                // The client has gone, or does not trust this server.
            }
        }
    }

    private sealed class Session(SmtpServer server, Stream stream, CancellationToken cancel)
    {
        private Stream line = stream;
        private bool isSecret;
        private string? user;
        private string from = "";
        private string to = "";

        public async Task RunAsync()
        {
            await SayAsync("220 test ESMTP");
            while (await HearAsync() is { } said)
            {
                if (server.IsSilent)
                {
                    await Task.Delay(Timeout.Infinite, cancel);
                }

                if (!await AnswerAsync(said))
                {
                    return;
                }
            }
        }

        private async Task<bool> AnswerAsync(string said)
        {
            var word = said.Split(' ', ':')[0].ToUpperInvariant();
            switch (word)
            {
                case "EHLO" or "HELO":
                    await SayAsync($"250-test\r\n{(server.Certificate is null || isSecret ? "" : "250-STARTTLS\r\n")}{(server.Account is null ? "" : "250-AUTH LOGIN PLAIN\r\n")}250 8BITMIME");
                    return true;
                case "STARTTLS":
                    await SayAsync("220 go on");
                    var secret = new SslStream(line);
                    await secret.AuthenticateAsServerAsync(server.Certificate!);
                    (line, isSecret) = (secret, true);
                    return true;
                case "AUTH":
                    await SignInAsync(said);
                    return true;
                case "MAIL":
                    from = AddressOf(said);
                    await SayAsync(server.Account is null || user is not null ? "250 ok" : "530 5.7.0 sign in first");
                    return true;
                case "RCPT":
                    to = AddressOf(said);
                    await SayAsync(server.AnswerTo(to) ?? "250 ok");
                    return true;
                case "DATA":
                    await SayAsync("354 go on");
                    server.Mails.Enqueue(new SmtpMail(from, to, user, isSecret, await HearMailAsync()));
                    await SayAsync("250 taken");
                    return true;
                case "QUIT":
                    await SayAsync("221 bye");
                    return false;
                default:
                    await SayAsync("250 ok");
                    return true;
            }
        }

        private async Task SignInAsync(string said)
        {
            var words = said.Split(' ');
            var name = words.Length > 2 ? words[2] : await AskAsync("VXNlcm5hbWU6");
            var password = await AskAsync("UGFzc3dvcmQ6");
            var isRight = server.Account is { } account && Decoded(name) == account.User && Decoded(password) == account.Password;
            user = isRight ? Decoded(name) : null;
            await SayAsync(isRight ? "235 welcome" : "535 5.7.8 wrong");
        }

        private async Task<string> AskAsync(string question)
        {
            await SayAsync($"334 {question}");
            return await HearAsync() ?? "";
        }

        private async Task<string> HearMailAsync()
        {
            var mail = new StringBuilder();
            while (await HearAsync() is { } text && text != ".")
            {
                mail.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
            }

            return mail.ToString();
        }

        private async Task SayAsync(string text)
        {
            await line.WriteAsync(Encoding.Latin1.GetBytes(text + "\r\n"), cancel);
            await line.FlushAsync(cancel);
        }

        /// <summary>Letter by letter, since what follows STARTTLS is no text.</summary>
        private async Task<string?> HearAsync()
        {
            var text = new List<byte>();
            var one = new byte[1];
            while (await line.ReadAsync(one, cancel) == 1)
            {
                if (one[0] == '\n')
                {
                    return Encoding.Latin1.GetString([.. text]).TrimEnd('\r');
                }

                text.Add(one[0]);
            }

            return null;
        }

        private static string Decoded(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));

        private static string AddressOf(string said) => said[(said.IndexOf('<', StringComparison.Ordinal) + 1)..said.IndexOf('>', StringComparison.Ordinal)];
    }
}
