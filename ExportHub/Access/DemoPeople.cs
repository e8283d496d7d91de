using System.Collections.Concurrent;
using ExportHub.Database;
using Microsoft.AspNetCore.Identity;

namespace ExportHub.Access;

/// <summary>Somebody whom a newcomer may be.</summary>
internal sealed record DemoPerson(string Name, string Password, string[] Roles, string About, string Attributes = "{}");

/// <summary>
/// People with passwords that everybody knows, for a first look: only in Development and only in the database that ExportHub runs itself. A start
/// in any other way takes password and token away from those whom an earlier one has made in the same database.
/// </summary>
internal sealed class DemoPeople(HomeDatabase home, AppDatabase database, UserStore store, TokenStore tokens, IPasswordHasher<User> hasher, IHostEnvironment environment)
{
    /// <summary>Of <see cref="TokenOwner"/>, with the scope `export`.</summary>
    public const string Token = "exh_demo_token_for_a_first_look_on_this_machine";

    public const string TokenOwner = "anna";

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(3650);

    private readonly ConcurrentDictionary<string, bool> asked = new(StringComparer.Ordinal);

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new(FirstAdministrator.Name, "look-at-everything", [Access.Roles.Admin], "May do everything."),
        new(TokenOwner, "sell-in-the-alps", ["sales"], "Sells in Germany, Austria and Switzerland.", """{"region": ["DE", "AT", "CH"]}"""),
        new("bert", "count-the-money", ["finance"], "Looks after the money, from France.", """{"region": ["FR"]}"""),
    ];

    public bool AreWanted => home.Embedded is not null && environment.IsDevelopment();

    /// <summary>At the first start. <paramref name="without"/> is somebody with a password of their own.</summary>
    public async Task MakeAsync(string? without, CancellationToken cancel)
    {
        const string Sql = """
            INSERT INTO exporthub.app_user (id, name, name_key, password_hash, security_stamp, roles, attributes, origin)
            VALUES (@Id, @Name, upper(@Name), @Hash, @Stamp, @Roles, @Attributes::jsonb, 'demo')
            ON CONFLICT (name_key) DO NOTHING
            """;
        foreach (var person in All.Where(person => person.Name != without))
        {
            var row = new { Id = Guid.CreateVersion7(), person.Name, Hash = HashOf(person), Stamp = People.NewPassword(), person.Roles, person.Attributes };
            await database.ChangeAsync(Sql, row, cancel);
        }
    }

    /// <summary>Gives back what <see cref="LockAsync"/> took, and the token.</summary>
    public async Task UnlockAsync(CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.app_user
            SET password_hash = @Hash, disabled = false
            WHERE name = @Name
                AND origin = 'demo'
                AND password_hash IS NULL
            """;
        foreach (var person in All)
        {
            await database.ChangeAsync(Sql, new { person.Name, Hash = HashOf(person) }, cancel);
        }

        if ((await store.ListAsync(cancel)).SingleOrDefault(user => user is { Name: TokenOwner, Origin: Origins.Demo }) is { } owner)
        {
            await tokens.SeedAsync(owner.Id, "For a first look", Token, [Scopes.Export], TokenLifetime, cancel);
        }
    }

    /// <summary>Nobody gets in as one of them any more, by whatever way.</summary>
    public async Task LockAsync(CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.app_user
            SET password_hash = NULL, disabled = true, security_stamp = gen_random_uuid()::text
            WHERE origin = 'demo'
                AND NOT (disabled AND password_hash IS NULL)
            """;
        await database.ChangeAsync(Sql, new { }, cancel);
    }

    /// <summary>Makes room for a real administrator. (The others stay, disabled: their exports are to become nobody else's.)</summary>
    public Task RemoveAdministratorAsync(CancellationToken cancel) =>
        database.ChangeAsync("DELETE FROM exporthub.app_user WHERE name = @Name AND origin = 'demo'", new { FirstAdministrator.Name }, cancel);

    /// <summary>Whom the sign-in page offers: those who still have the password that is shown. Nobody where they are not wanted.</summary>
    public async Task<IReadOnlyList<DemoPerson>> ListAsync(CancellationToken cancel)
    {
        if (!AreWanted)
        {
            return [];
        }

        var users = (await store.ListAsync(cancel)).Where(user => user is { Origin: Origins.Demo, Disabled: false, PasswordHash: not null }).ToDictionary(user => user.Name);
        return [.. All.Where(person => users.TryGetValue(person.Name, out var user) && Has(user, person))];
    }

    private string HashOf(DemoPerson person) => hasher.HashPassword(new User { Id = Guid.Empty, Name = person.Name }, person.Password);

    /// <summary>Slow on purpose, so each hash is asked once.</summary>
    private bool Has(User user, DemoPerson person) =>
        asked.GetOrAdd(user.PasswordHash!, hash => hasher.VerifyHashedPassword(user, hash, person.Password) != PasswordVerificationResult.Failed);
}
