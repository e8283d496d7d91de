namespace ExportHub.Tests.Datasets;

/// <summary>
/// Every operator on every type it suits, against a table of four rows with values and a fifth without any. What must come was
/// worked out by hand, not by another query.
/// </summary>
public sealed class OperatorTests(OperatorTable table) : IClassFixture<OperatorTable>
{
    private const string OrderedCases = """
        eq 2 => 2
        ne 2 => 1 3 4 5
        lt 2 => 1
        lte 2 => 1 2
        gt 2 => 3 4
        gte 2 => 2 3 4
        between [2, 3] => 2 3
        in [1, 3] => 1 3
        notIn [1, 3] => 2 4 5
        isNull => 5
        isNotNull => 1 2 3 4
        """;

    private const string TextCases = """
        eq "beta" => 2
        ne "beta" => 1 3 4 5
        lt "beta" => 1
        lte "beta" => 1 2
        gt "beta" => 3 4
        gte "beta" => 2 3 4
        between ["beta", "delta"] => 2 3
        in ["alpha", "gamma"] => 1 4
        notIn ["alpha", "gamma"] => 2 3 5
        contains "EL" => 3
        startsWith "GA" => 4
        endsWith "ta" => 2 3
        isNull => 5
        isNotNull => 1 2 3 4
        """;

    private const string OwnCases = """
        i2 eq "-1" => 1
        i8 eq 9007199254740993 => 3
        i8 gt 9223372036854775806 => 4
        num eq "12345678901234567890.123456789" => 3
        num eq 2.20 => 2
        num gt 1e20 => 4
        num eq "NaN" => 4
        f4 eq 0.1 => 1
        f4 eq "Infinity" => 4
        f8 lt 1e-299 => 2
        cash eq 2.5 => 2
        bo eq true => 1 3
        bo eq "false" => 2 4
        bo ne true => 2 4 5
        bo isNull => 5
        bo isNotNull => 1 2 3 4
        mood eq "ok" => 2 4
        mood ne "ok" => 1 3 5
        mood in ["sad", "happy"] => 1 3
        mood notIn ["sad", "happy"] => 2 4 5
        mood isNull => 5
        mood isNotNull => 1 2 3 4
        moods eq "ok" => 2 4
        u eq "00000000-0000-0000-0000-00000000000B" => 2
        u ne "00000000-0000-0000-0000-00000000000b" => 1 3 4 5
        u in ["00000000-0000-0000-0000-00000000000a"] => 1
        u notIn ["00000000-0000-0000-0000-00000000000a"] => 2 3 4 5
        u isNull => 5
        u isNotNull => 1 2 3 4
        cit eq "BETA" => 2
        cit in ["ALPHA"] => 1
        d eq "2026-01-31" => 2
        d ne "2026-01-31" => 1 3 4 5
        d lt "2026-01-31" => 1
        d lte "2026-01-31" => 1 2
        d gt "2026-01-31" => 3 4
        d gte "2026-01-31" => 2 3 4
        d between ["2026-01-31", "2026-02-01"] => 2 3
        d in ["2026-01-30", "9999-12-31"] => 1 4
        d notIn ["2026-01-30", "9999-12-31"] => 2 3 5
        d isNull => 5
        d isNotNull => 1 2 3 4
        ti eq "12:30" => 2
        ti ne "12:30:00" => 1 3 4 5
        ti lt "12:30" => 1
        ti lte "12:30" => 1 2
        ti gt "12:30" => 3 4
        ti gte "12:30" => 2 3 4
        ti between ["12:30", "12:30:00.5"] => 2 3
        ti in ["08:00", "23:59:59"] => 1 4
        ti notIn ["08:00", "23:59:59"] => 2 3 5
        ti isNull => 5
        ti isNotNull => 1 2 3 4
        ts eq "2026-01-31T23:59:59.999999" => 2
        ts eq "2026-01-31" => 1 2
        ts ne "2026-01-31" => 3 4 5
        ts ne "2026-01-31T00:00" => 2 3 4 5
        ts lt "2026-01-31" =>
        ts lt "2026-01-31 23:00" => 1
        ts lte "2026-01-31" => 1 2
        ts lte "2026-01-31T00:00" => 1
        ts gt "2026-01-31" => 3 4
        ts gt "2026-01-31T00:00:00" => 2 3 4
        ts gte "2026-02-01" => 3 4
        ts gte "2026-02-01T00:00:01" => 4
        ts between ["2026-01-31", "2026-02-01"] => 1 2 3
        ts between ["2026-01-31T00:00", "2026-01-31T12:00"] => 1
        ts in ["2026-01-31", "9999-12-31"] => 1 2 4
        ts in ["2026-02-01T00:00"] => 3
        ts notIn ["2026-01-31", "9999-12-31"] => 3 5
        ts notIn ["2026-02-01T00:00"] => 1 2 4 5
        ts isNull => 5
        ts isNotNull => 1 2 3 4
        tz eq "2026-01-31" => 1 2
        tz eq "2026-01-31T00:00" => 1
        tz eq "2026-01-30T23:00:00Z" => 1
        tz eq "2026-01-31T04:30:00+05:30" => 1
        tz ne "2026-01-31" => 3 4 5
        tz ne "2026-01-30T23:00:00Z" => 2 3 4 5
        tz lt "2026-02-01" => 1 2
        tz lt "2026-02-01T00:00" => 1 2
        tz lte "2026-01-31" => 1 2
        tz lte "2026-02-01T00:00" => 1 2 3
        tz gt "2026-01-31" => 3 4
        tz gt "2026-01-31T23:00Z" => 4
        tz gte "2026-02-01" => 3 4
        tz gte "2026-03-29T02:30" => 4
        tz between ["2026-01-31", "2026-02-01"] => 1 2 3
        tz between ["2026-02-01T00:00", "2026-03-29T03:30"] => 3 4
        tz in ["2026-01-31", "2026-03-29"] => 1 2 4
        tz in ["2026-03-29T03:30"] => 4
        tz notIn ["2026-01-31", "2026-03-29"] => 3 5
        tz notIn ["2026-03-29T03:30"] => 1 2 3 5
        tz lte "9999-12-31" => 1 2 3 4
        tz isNull => 5
        tz isNotNull => 1 2 3 4
        iv eq "P1D" => 3
        iv eq "24:00:00" => 3
        iv ne "1 day" => 1 2 4 5
        iv lt "PT1H" => 1
        iv lte "01:00:00" => 1 2
        iv gt "PT1H" => 3 4
        iv gte "PT1H" => 2 3 4
        iv between ["PT1H", "P1D"] => 2 3
        iv in ["-01:00:00", "P1M"] => 1 4
        iv notIn ["-01:00:00", "1 mon"] => 2 3 5
        iv isNull => 5
        iv isNotNull => 1 2 3 4
        ip eq "10.0.0.1" => 1
        ip ne "10.0.0.1" => 2 3 4 5
        ip in ["10.0.0.0/8", "::1"] => 2 3
        ip notIn ["10.0.0.0/8", "::1"] => 1 4 5
        ip contains "0.0" => 1 2
        ip startsWith "10." => 1 2
        ip endsWith ".1" => 1 4
        ip isNull => 5
        ip isNotNull => 1 2 3 4
        bi eq "101" => 1
        bi ne "101" => 2 3 4 5
        bi in ["101", "110"] => 1 2
        bi notIn ["101", "110"] => 3 4 5
        bi contains "11" => 2 3
        bi startsWith "11" => 2 3
        bi endsWith "0" => 2 4
        bi isNull => 5
        bi isNotNull => 1 2 3 4
        js contains "\"A\"" => 1
        js isNull => 5
        js isNotNull => 1 2 3 4
        jb contains "\"b\": 2" => 2
        jb isNull => 5
        jb isNotNull => 1 2 3 4
        ar contains "20" => 2
        ar isNull => 5
        ar isNotNull => 1 2 3 4
        co contains "left" => 1
        co isNull => 5
        co isNotNull => 1 2 3 4
        by isNull => 5
        by isNotNull => 1 2 3 4
        ra isNull => 5
        ra isNotNull => 1 2 3 4
        """;

    private static readonly string[] Numbers = ["i2", "i4", "i8", "num", "f4", "f8", "cash", "dint"];
    private static readonly string[] Texts = ["te", "vc", "bp", "cit", "nm", "xm", "dte", "dci"];

    private static readonly string[] All =
    [
        .. Numbers.SelectMany(c => Lines(OrderedCases).Select(line => $"{c}_ {line}")),
        .. Texts.SelectMany(c => Lines(TextCases).Select(line => $"{c} {line}")),
        .. Lines(OwnCases),
    ];

    public static TheoryData<string> Cases => new(All);

    private static string[] Lines(string cases) => cases.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_operator_gives_the_rows_it_should(string line)
    {
        var arrow = line.LastIndexOf("=>", StringComparison.Ordinal);
        var parts = line[..arrow].Trim().Split(' ', 3);
        var value = parts.Length > 2 ? $", \"value\": {parts[2]}" : "";
        var request = $$"""
            { "filters": [ { "column": "{{parts[0]}}", "op": "{{parts[1]}}"{{value}} } ], "sort": [ { "column": "id" } ], "timeZone": "Europe/Berlin" }
            """;

        Assert.Equal(line[(arrow + 2)..].Trim(), await table.Bench.FirstColumnAsync(table.Dataset, request));
    }

    [Fact]
    public void Every_operator_of_every_column_has_a_case()
    {
        // These show values that the sharing columns cannot hold.
        string[] extra = ["id", "moods", .. Numbers];
        var tried = All.Select(line => string.Join(' ', line.Split(' ')[..2]));
        var offered =
            from column in table.Dataset.Columns
            where !extra.Contains(column.Name)
            from op in column.Operators
            select $"{column.Name} {op}";

        Assert.Empty(offered.Except(tried));
    }
}
