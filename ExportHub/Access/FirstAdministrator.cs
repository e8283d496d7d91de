using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExportHub.Access;

/// <summary>Makes the administrator `admin` where nobody can sign in yet, or the <see cref="DemoPeople"/>; and the token that a setting asks for.</summary>
internal sealed partial class FirstAdministrator(
    IServiceScopeFactory scopes, UserStore store, TokenStore tokens, DemoPeople demo, IOptions<AccessOptions> options, ILogger<FirstAdministrator> logger) : IHostedService
{
    public const string Name = "admin";

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(3650);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        await (demo.AreWanted ? StartDemoAsync(users, cancellationToken) : StartAsync(users, cancellationToken));
        if (options.Value.AdminToken is { } token && await users.FindByNameAsync(Name) is { } admin)
        {
            await tokens.SeedAsync(admin.Id, "Access:AdminToken", token, [.. Scopes.All], TokenLifetime, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task StartAsync(UserManager<User> users, CancellationToken cancel)
    {
        await demo.LockAsync(cancel);
        if ((await store.ListAsync(cancel)).All(user => user.Origin == Origins.Demo))
        {
            await demo.RemoveAdministratorAsync(cancel);
            await CreateAsync(users);
        }
    }

    private async Task StartDemoAsync(UserManager<User> users, CancellationToken cancel)
    {
        if ((await store.ListAsync(cancel)).Count == 0)
        {
            var hasOwn = options.Value.AdminPassword is not null;
            await (hasOwn ? CreateAsync(users) : Task.CompletedTask);
            await demo.MakeAsync(without: hasOwn ? Name : null, cancel);
        }

        await demo.UnlockAsync(cancel);
    }

    private async Task CreateAsync(UserManager<User> users)
    {
        var given = options.Value.AdminPassword;
        var password = given ?? People.NewPassword();
        var made = await users.CreateAsync(new User { Id = Guid.CreateVersion7(), Name = Name, Roles = [Roles.Admin] }, password);
        if (!made.Succeeded)
        {
            // Another instance was a moment faster, or the password that was given is refused.
            var faults = string.Join(" ", made.Errors.Select(error => error.Description));
            if (await users.FindByNameAsync(Name) is null)
            {
                throw new InvalidOperationException($"Access:AdminPassword cannot be used: {faults}");
            }

            return;
        }

        if (given is null)
        {
            // Not through the log, which may be kept and sent elsewhere.
            await Console.Out.WriteLineAsync($"The administrator is “{Name}” with the password {password} – it is shown only this once; change it after signing in.");
        }
        else
        {
            LogMade(logger, Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The administrator {Name} was made with the password of Access:AdminPassword")]
    private static partial void LogMade(ILogger logger, string name);
}
