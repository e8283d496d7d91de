using System.Net;
using ExportHub.Access.Safeguards;
using ExportHub.Notifications.Mail;
using ExportHub.Notifications.Storage;
using ExportHub.Notifications.Targets;
using ExportHub.Notifications.Webhooks;

namespace ExportHub.Notifications;

/// <summary>Tells people and programs what became of exports: mail, web hooks, storage, and the bell.</summary>
internal static class NotificationsRoom
{
    public static void AddNotifications(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        AddSettings(services);
        services.AddSingleton<Poke>().AddSingleton<Announcements>().AddSingleton<DeliveryCheck>().AddSingleton<Recipients>();
        services.AddSingleton<DeliveryQueue>().AddSingleton<DeliveryStore>().AddSingleton<Bell>().AddSingleton<ReceivedFiles>();
        services.AddSingleton<TargetStore>().AddSingleton<PermittedTargets>().AddSingleton<UsableTargets>().AddSingleton<TargetSecrets>().AddSingleton<TargetCheck>().AddSingleton<SaveTarget>();
        services.AddSingleton<MailServer>().AddSingleton<DeliverMail>().AddSingleton<IDeliver>(provider => provider.GetRequiredService<DeliverMail>());
        services.AddSingleton<ResolveHost>(_ => Dns.GetHostAddressesAsync);
        services.AddSingleton<WebhookAddress>().AddSingleton<WebhookClient>().AddSingleton<IDeliver, DeliverWebhook>();
        services.AddSingleton<TargetStores>().AddSingleton<IDeliver, DeliverFile>();
        services.AddSingleton<SendDeliveries>().AddHostedService(provider => provider.GetRequiredService<SendDeliveries>());
    }

    private static void AddSettings(IServiceCollection services)
    {
        services.AddOptions<DeliveriesOptions>().BindConfiguration("Deliveries").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations()
            .Validate(MailOptions.HasSender, "Mail:From must be a mail address where Mail:Host is given.")
            .Validate(MailOptions.HasPublicUrl, "Mail:PublicUrl must be the address people open ExportHub with, such as https://exports.example.com, where Mail:Host is given.")
            .ValidateOnStart();
        services.AddOptions<WebhooksOptions>().BindConfiguration("Webhooks").ValidateDataAnnotations()
            .Validate(
                options => NetworkList.FaultOf("Webhooks:AllowedNetworks", options.AllowedNetworks) is null,
                "Webhooks:AllowedNetworks must be addresses or networks separated by commas, such as 10.0.0.5, 10.1.0.0/16.")
            .ValidateOnStart();
        services.AddOptions<StorageOptions>().BindConfiguration("Storage")
            .Validate(StorageOptions.AreWhole, "Storage:Folders must be whole paths separated by commas, such as /mnt/reports, /mnt/archive.")
            .ValidateOnStart();
    }
}
