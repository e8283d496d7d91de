using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ExportHub.Database;

/// <summary>
/// The keys of ASP.NET Core's data protection, kept in the database that all instances share: by default each machine makes its own, and a
/// form shown by one instance would be refused by the next, or by the same one after its container was replaced.
/// </summary>
internal sealed class ProtectionKeys(AppDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        const string Sql =
            """
            SELECT xml
            FROM exporthub.protection_key
            ORDER BY stored_at
            """;
        using var connection = database.Pool.OpenConnection();
        return [.. connection.Query<string>(Sql).Select(xml => XElement.Parse(xml))];
    }

    /// <summary>A second call with the same name replaces the first, as the contract of the interface wants it.</summary>
    public void StoreElement(XElement element, string friendlyName)
    {
        const string Sql =
            """
            INSERT INTO exporthub.protection_key (name, xml)
            VALUES (@friendlyName, @Xml)
            ON CONFLICT (name) DO UPDATE
            SET xml = excluded.xml
            """;
        using var connection = database.Pool.OpenConnection();
        connection.Execute(Sql, new { friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
