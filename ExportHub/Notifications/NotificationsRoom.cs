namespace ExportHub.Notifications;

/// <summary>Tells people and programs what became of exports: mail, web hooks, storage, and the bell.</summary>
internal static class NotificationsRoom
{
    public static void AddNotifications(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<Announcements>();
}
