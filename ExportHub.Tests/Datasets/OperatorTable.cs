using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

/// <summary>Four rows with values and a fifth without any, in a column of every type that a filter treats in its own way.</summary>
public sealed class OperatorTable : IAsyncLifetime
{
    private readonly TestDatabase database = new();

    internal Bench Bench { get; private set; } = null!;

    internal Dataset Dataset { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsync("""
            CREATE EXTENSION IF NOT EXISTS citext;
            CREATE SCHEMA "Odd ""schema";
            CREATE TYPE "Odd ""schema"."Mood ""x" AS ENUM ('sad', 'ok', 'happy');
            CREATE DOMAIN moods AS "Odd ""schema"."Mood ""x";
            CREATE DOMAIN small AS int CHECK (VALUE < 1000);
            CREATE DOMAIN smaller AS small CHECK (VALUE < 100);
            CREATE DOMAIN oneline AS text CHECK (VALUE NOT LIKE E'%\n%');
            CREATE DOMAIN freetext AS citext;
            CREATE TYPE pair AS (side text, size int);
            CREATE TABLE operators (
                id int PRIMARY KEY,
                i2 int2, i8 int8, num numeric, f4 float4, f8 float8, cash money,
                i2_ int2, i4_ int4, i8_ int8, num_ numeric(5, 2), f4_ float4, f8_ float8, cash_ money, dint_ smaller,
                te text, vc varchar(20), bp char(8), cit citext, nm name, xm xml, dte oneline, dci freetext,
                bo bool, mood "Odd ""schema"."Mood ""x", moods moods, u uuid,
                d date, ti time, ts timestamp, tz timestamptz, iv interval, ip inet, bi varbit, js json, jb jsonb, ar int[], co pair, by bytea, ra int4range);
            INSERT INTO operators
            SELECT n,
                (ARRAY[-1, 2, 3, 32767])[n], (ARRAY[1, 2, 9007199254740993, 9223372036854775807])[n],
                (ARRAY[1.1, 2.2, 12345678901234567890.123456789, 'NaN'::numeric])[n], (ARRAY[0.1, 0.2, 0.3, 'Infinity'::float4])[n],
                (ARRAY[0.1, 1e-300, 1e300, 'NaN'::float8])[n], (ARRAY[1.5, 2.5, 3.5, -4.5])[n]::numeric::money,
                w, w, w, w, w, w, w::numeric::money, w, t, t, t, t::citext, t::name, t::xml, t::oneline, t::freetext,
                (ARRAY[true, false, true, false])[n], (ARRAY['sad', 'ok', 'happy', 'ok'])[n]::"Odd ""schema"."Mood ""x", (ARRAY['sad', 'ok', 'happy', 'ok'])[n]::moods,
                ('00000000-0000-0000-0000-00000000000' || (ARRAY['a', 'b', 'c', 'd'])[n])::uuid,
                (ARRAY['2026-01-30', '2026-01-31', '2026-02-01', '9999-12-31'])[n]::date,
                (ARRAY['08:00', '12:30', '12:30:00.5', '23:59:59'])[n]::time,
                (ARRAY['2026-01-31', '2026-01-31 23:59:59.999999', '2026-02-01', '9999-12-31 12:00'])[n]::timestamp,
                (ARRAY['2026-01-30 23:00Z', '2026-01-31 22:59:59.999999Z', '2026-01-31 23:00Z', '2026-03-29 01:30Z'])[n]::timestamptz,
                (ARRAY['-1 hour', '1 hour', '1 day', '1 mon'])[n]::interval,
                (ARRAY['10.0.0.1', '10.0.0.0/8', '::1', '192.168.1.1'])[n]::inet, (ARRAY['101', '110', '111', '000'])[n]::varbit,
                (ARRAY['{"k": "a"}', '[]', 'null', '"x"'])[n]::json, (ARRAY['{"k": 1}', '{"b":2}', 'null', '[]'])[n]::jsonb,
                CASE n WHEN 1 THEN '{1,2}' WHEN 2 THEN '{20,30}' WHEN 3 THEN '{}' WHEN 4 THEN '{null}' END::int[],
                CASE n WHEN 1 THEN ('left', 1)::pair WHEN 5 THEN NULL ELSE (NULL, NULL)::pair END,
                (ARRAY['', 'a', 'b', 'c'])[n]::bytea, (ARRAY['[1,2)', 'empty', '(,)', '[5,)'])[n]::int4range
            FROM (SELECT n, CASE WHEN n < 5 THEN n END AS w, (ARRAY['alpha', 'beta', 'delta', 'gamma'])[n] AS t FROM generate_series(1, 5) AS n) AS rows
            """);
        Bench = new(database.Pool);
        Dataset = await Bench.DescribeAsync(Bench.From("operators"));
    }

    public Task DisposeAsync() => database.DisposeAsync();
}
