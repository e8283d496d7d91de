using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using ExportHub.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExportHub.Access.External;

/// <summary>Makes the accounts of people whom others vouch for when they come, and sets roles and attributes anew each time, so that background work knows them too.</summary>
internal sealed partial class ExternalPeople(AppDatabase database, AuditedDatabase audited, UserStore store, ILookupNormalizer normalizer, IOptions<AccessOptions> options)
{
    /// <summary>Refuses an account that did not come from the same place as the same person: nobody takes over a name.</summary>
    public async Task<ExternalAnswer> EnterAsync(ExternalPerson person, CancellationToken cancel)
    {
        if (!PersonName().IsMatch(person.Name) || string.IsNullOrWhiteSpace(person.Subject) || HasNul(person))
        {
            return new(null, ExternalRefusal.Name);
        }

        if (await SaveAsync(person, cancel) is not { } id || await store.FindByIdAsync(id.ToString(), cancel) is not { } user)
        {
            return new(null, ExternalRefusal.Taken);
        }

        return user.Disabled ? new(null, ExternalRefusal.Disabled) : new(user, null);
    }

    /// <summary>The roles that the groups stand for.</summary>
    internal string[] RolesOf(IEnumerable<string> groups) =>
    [
        .. groups.SelectMany(group => options.Value.Groups?.GetValueOrDefault(group) is { } roles ? People.ReadRoles(roles) : [])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>Null when somebody else has the name. The stamp changes with roles and attributes only, and with it all other sessions end.</summary>
    private async Task<Guid?> SaveAsync(ExternalPerson person, CancellationToken cancel)
    {
        // Who is here already keeps the name, whatever it is over there now: exports and actions name it.
        const string Sql = """
            WITH changed AS (
                UPDATE exporthub.app_user
                SET email = @Email, roles = @roles, attributes = @attributes::jsonb,
                    security_stamp = CASE WHEN roles <> @roles OR attributes <> @attributes::jsonb THEN @stamp ELSE security_stamp END
                WHERE origin = @Origin
                    AND subject = @Subject
                    AND (roles <> @roles OR attributes <> @attributes::jsonb OR email IS DISTINCT FROM @Email)
            )
            INSERT INTO exporthub.app_user (id, name, name_key, email, security_stamp, roles, attributes, origin, subject)
            SELECT @id, @Name, @nameKey, @Email, @stamp, @roles, @attributes::jsonb, @Origin, @Subject
            WHERE NOT EXISTS (SELECT FROM exporthub.app_user WHERE origin = @Origin AND subject = @Subject)
            ON CONFLICT DO NOTHING
            """;
        const string Find = "SELECT id FROM exporthub.app_user WHERE origin = @Origin AND subject = @Subject";
        var row = new
        {
            id = Guid.CreateVersion7(), person.Name, nameKey = normalizer.NormalizeName(person.Name), person.Email, person.Origin, person.Subject,
            roles = RolesOf(person.Groups), attributes = JsonSerializer.Serialize(person.Attributes), stamp = People.NewPassword(),
        };
        await audited.ChangeAsync(Sql, row, cancel);
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(Find, row, cancellationToken: cancel));
    }

    /// <summary>PostgreSQL takes it in no text.</summary>
    private static bool HasNul(ExternalPerson person) =>
        person.Subject.Contains('\0', StringComparison.Ordinal) || person.Email?.Contains('\0', StringComparison.Ordinal) == true
        || person.Attributes.Values.Any(value => (value is string text ? [text] : (IEnumerable<string>)value).Any(text => text.Contains('\0', StringComparison.Ordinal)));

    [GeneratedRegex(@"^[a-zA-Z0-9._@+-]{1,100}\z")]
    private static partial Regex PersonName();
}
