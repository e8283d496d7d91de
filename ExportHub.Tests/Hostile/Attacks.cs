namespace ExportHub.Tests.Hostile;

/// <summary>What people type who are not after an export.</summary>
internal static class Attacks
{
    public static readonly IReadOnlyList<string> Sql =
    [
        "' OR 1=1 --", "'; DROP TABLE orders; --", "\"; DROP TABLE orders; --", "id; SELECT pg_sleep(60)", "(SELECT pg_sleep(60))", "id\" DESC, (SELECT pg_sleep(60)) --",
        "1) UNION SELECT name, password_hash FROM exporthub.app_user --", "$1", "{0}", "ctid", "%_\\", "\\'; DROP TABLE orders; --", "ID", "orders.id", "id COLLATE \"C\"", "ïd",
    ];

    /// <summary>Ids that are none, or not in the spelling of an id.</summary>
    public static readonly IReadOnlyList<string> Ids =
    [
        "0", "-1", "1", "nonsense", "%00", "..%2f..%2fetc%2fpasswd", "..%5c..%5cweb.config", "%7B0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a%7D",
        "0198C5A2-7F3E-7C1D-9A4B-2F6E8D0C1B3A", "0198c5a27f3e7c1d9a4b2f6e8d0c1b3a", "00000000-0000-0000-0000-000000000000", "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a%20",
        "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a%0d%0aSet-Cookie:%20a=b", "'%20OR%201=1%20--", "%F0%9F%98%80", "%ff%fe",
    ];

    /// <summary>What would run, make an element, reckon or turn the line around where a page took it for more than text.</summary>
    public static readonly IReadOnlyList<string> Markup =
    [
        "<img src=x onerror=alert(1)>", "\"><script>alert(1)</script>", "javascript:alert(1)", "{{7*7}}${7*7}@(7*7)", "&lt;img src=x onerror=alert(1)&gt;", "'-alert(1)-'",
        "<svg onload=alert(1)>", "</textarea></title><exh-made>", "\" autofocus onfocus=alert(1) x=\"", "\u202E<exh-made>",
    ];

    /// <summary>One of each kind, for where there are many places: an element, a way out of an attribute, one that stays in it, and words turned around.</summary>
    public static readonly IReadOnlyList<string> FewMarkup = [Markup[0], Markup[1], Markup[8], Markup[9]];
}
