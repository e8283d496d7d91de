using System.Runtime.CompilerServices;

namespace ExportHub.Tests;

/// <summary>
/// Dozens of applications run at a time here, and each would watch its pages and settings with the few inotify instances that a user of Linux may have.
/// Asked to poll, the framework takes none.
/// </summary>
internal static class NoWatchers
{
    [ModuleInitializer]
    public static void Choose() => Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "true");
}
