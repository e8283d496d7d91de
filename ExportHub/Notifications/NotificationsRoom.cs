using ExportHub.Notifications.Mail;
using ExportHub.Notifications.Targets;

namespace ExportHub.Notifications;

/// <summary>Tells people and programs what became of exports: mail, web hooks, storage, and the bell.</summary>
internal static class NotificationsRoom
{
    public static void AddNotifications(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations()
            .Validate(MailOptions.HasSender, "Mail:From must be a mail address where Mail:Host is given.")
            .Validate(MailOptions.HasPublicUrl, "Mail:PublicUrl must be the address people open ExportHub with, such as https://exports.example.com, where Mail:Host is given.")
            .ValidateOnStart();
        services.AddSingleton<Announcements>().AddSingleton<DeliveryCheck>();
        services.AddSingleton<TargetStore>().AddSingleton<PermittedTargets>();
    }
}
