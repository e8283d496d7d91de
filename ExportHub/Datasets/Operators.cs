namespace ExportHub.Datasets;

/// <summary>What a filter can ask, in the spelling of the API, and which kinds of column take what.</summary>
internal static class Operators
{
    public const string Equal = "eq";
    public const string NotEqual = "ne";
    public const string Less = "lt";
    public const string LessOrEqual = "lte";
    public const string Greater = "gt";
    public const string GreaterOrEqual = "gte";
    public const string Between = "between";
    public const string In = "in";
    public const string NotIn = "notIn";
    public const string Contains = "contains";
    public const string StartsWith = "startsWith";
    public const string EndsWith = "endsWith";
    public const string IsNull = "isNull";
    public const string IsNotNull = "isNotNull";

    /// <summary>Texts take everything.</summary>
    public static readonly IReadOnlyList<string> OfText =
    [
        Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Between, In, NotIn, Contains, StartsWith, EndsWith, IsNull, IsNotNull,
    ];

    /// <summary>Numbers, dates, times, points in time, intervals.</summary>
    public static readonly IReadOnlyList<string> OfOrdered =
    [
        Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Between, In, NotIn, IsNull, IsNotNull,
    ];

    /// <summary>Enums and UUIDs: one is this or that, but none is more than another.</summary>
    public static readonly IReadOnlyList<string> OfMembers = [Equal, NotEqual, In, NotIn, IsNull, IsNotNull];

    public static readonly IReadOnlyList<string> OfBoolean = [Equal, NotEqual, IsNull, IsNotNull];

    /// <summary>Types that are compared by the text people see, such as addresses: order of text would not be their order.</summary>
    public static readonly IReadOnlyList<string> OfPrinted =
    [
        Equal, NotEqual, In, NotIn, Contains, StartsWith, EndsWith, IsNull, IsNotNull,
    ];

    /// <summary>JSON, arrays, composites: equality of their text would depend on blanks and the order of keys.</summary>
    public static readonly IReadOnlyList<string> OfJson = [Contains, IsNull, IsNotNull];

    /// <summary>Bytes and ranges.</summary>
    public static readonly IReadOnlyList<string> OfOpaque = [IsNull, IsNotNull];
}
