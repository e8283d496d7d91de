using ExportHub.Access;
using ExportHub.Notifications;
using ExportHub.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Notifications;

/// <summary>The application of <see cref="RightsApp"/> with a mail server, and people with addresses: anna@example.com and so on.</summary>
public sealed class NoticeApp : IAsyncLifetime
{
    internal const string Site = "https://exports.example.com";

    internal RightsApp Rights { get; } = new();

    internal TestApp App => Rights.App;

    internal SmtpServer Mail { get; } = new();

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("exporthub-target-");

    internal Announcements News => App.Services.GetRequiredService<Announcements>();

    internal DeliveryStore Deliveries => App.Services.GetRequiredService<DeliveryStore>();

    public async Task InitializeAsync()
    {
        App.With("Mail:Host", "127.0.0.1").With("Mail:Port", $"{Mail.Port}").With("Mail:StartTls", "Never").With("Mail:From", "exporthub@example.com").With("Mail:PublicUrl", Site)
            .With("Mail:Timeout", "00:00:20").With("Webhooks:AllowHttp", "true").With("Webhooks:AllowedNetworks", "127.0.0.1").With("Storage:Folders", Folder.FullName);
        await Rights.InitializeAsync();
        await App.Database.ExecuteAsync("UPDATE exporthub.app_user SET email = name || '@example.com'");
    }

    public async Task DisposeAsync()
    {
        await Rights.DisposeAsync();
        await Mail.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    /// <summary>A completed export of the dataset `deals`.</summary>
    internal async Task<Guid> ExportAsync(string by, object? request = null) =>
        (await Rights.CompletedAsync(await Rights.AsAsync(by), request ?? new { dataset = "deals", format = "csv", columns = new[] { "id", "amount" } })).GetProperty("id").GetGuid();

    internal static News Ready(string owner, Guid export, Delivery delivery, string name = "Every Monday") =>
        new(NewsKind.Ready, $"test:{Guid.NewGuid()}", owner, name, "/schedules/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a")
        {
            ExportId = export, OccurrenceId = Guid.CreateVersion7(), DueAt = new DateTimeOffset(2026, 11, 23, 5, 30, 0, TimeSpan.Zero), TimeZone = "Europe/Berlin", Delivery = delivery,
        };

    /// <summary>The delivery of the news to one recipient, once it is like this.</summary>
    internal Task<DeliveryRecord> DeliveryAsync(News news, string recipient, Func<DeliveryRecord, bool> wanted) => Until.AnswerAsync(
        async () => (await Deliveries.ListAsync(new DeliveryFilter(), default)).Items.FirstOrDefault(one => one.News.Key == news.Key && one.Recipient == recipient && wanted(one)),
        $"the delivery to {recipient}");

    internal Task<DeliveryRecord> SettledAsync(News news, string recipient) => DeliveryAsync(news, recipient, one => one.Status is DeliveryStatus.Done or DeliveryStatus.GivenUp);

    internal async Task<User> FindAsync(string name) => await Rights.Access.FindAsync(name);
}
