namespace ExportHub.Formats;

/// <summary>
/// How the bytes of a cell are to be read. Each is PostgreSQL's binary form of the type it is named after
/// (source: the *send functions in src/backend/utils/adt); every other type is asked for as text by the row reader.
/// </summary>
internal enum CellType
{
    /// <summary>1 byte, 0 or 1.</summary>
    Boolean,

    /// <summary>2 bytes, big endian.</summary>
    Int16,

    /// <summary>4 bytes, big endian.</summary>
    Int32,

    /// <summary>8 bytes, big endian.</summary>
    Int64,

    /// <summary>IEEE 754 single, big endian.</summary>
    Float4,

    /// <summary>IEEE 754 double, big endian.</summary>
    Float8,

    /// <summary>int16 ndigits, weight, sign, dscale, then ndigits base-10000 digits.</summary>
    Numeric,

    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>UTF-8 text that is a JSON value: json, jsonb, arrays and composites.</summary>
    Json,

    /// <summary>int32 days since 2000-01-01; int.MinValue and int.MaxValue are the infinities.</summary>
    Date,

    /// <summary>int64 microseconds since midnight.</summary>
    Time,

    /// <summary>int64 microseconds since 2000-01-01 without zone; long.MinValue and long.MaxValue are the infinities.</summary>
    Timestamp,

    /// <summary>int64 microseconds since 2000-01-01T00:00Z; long.MinValue and long.MaxValue are the infinities.</summary>
    TimestampTz,

    /// <summary>16 bytes in the order they are printed.</summary>
    Uuid,

    /// <summary>Raw bytes, written as hexadecimal with a leading \x.</summary>
    Bytea,
}
