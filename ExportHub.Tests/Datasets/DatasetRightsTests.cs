using ExportHub.Access;
using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

/// <summary>What a definition gives to whom; no database.</summary>
public sealed class DatasetRightsTests
{
    private static readonly DatasetDefinition Deals = new()
    {
        Name = "deals",
        From = "deal",
        RowFilter = "region = @user.region",
        Rights = new()
        {
            See = ["support"],
            Export = ["sales", "finance"],
            Raw = ["finance", "support"],
            AllRows = ["finance"],
            RowLimits = new Dictionary<string, long> { ["sales"] = 100, ["lead"] = 500 },
        },
        Columns = new Dictionary<string, ColumnDefinition> { ["iban"] = new() { Roles = ["finance"] }, ["region"] = new() },
    };

    [Theory]
    [InlineData("", false, false, false)]
    [InlineData("other", false, false, false)]
    [InlineData("support", true, false, false)]
    [InlineData("sales", true, true, false)]
    [InlineData("finance", true, true, true)]
    [InlineData("other support sales", true, true, true)]
    public void A_role_may_what_its_lists_say(string roles, bool see, bool export, bool raw)
    {
        var rights = new DatasetRights(Deals, Somebody(roles));

        Assert.Equal((see, export, raw), (rights.MaySee, rights.MayExport, rights.MayRaw));
    }

    [Fact]
    public void Without_rights_a_dataset_is_for_administrators_only()
    {
        var silent = Deals with { Rights = null };

        Assert.False(new DatasetRights(silent, Somebody("sales finance admin")).MaySee);
        Assert.True(new DatasetRights(silent, Administrator).MayExport);
    }

    [Fact]
    public void An_administrator_may_everything()
    {
        var rights = new DatasetRights(Deals, Administrator);

        Assert.True(rights is { MayExport: true, MayRaw: true, SeesAllRows: true, RowLimit: null } && rights.MaySeeColumn("iban"));
    }

    [Fact]
    public void The_star_is_everybody_who_has_signed_in() =>
        Assert.True(new DatasetRights(Deals with { Rights = new() { Export = ["*"] } }, Somebody("")).MayExport);

    [Theory]
    [InlineData("finance", null)]
    [InlineData("sales", 100L)]
    [InlineData("sales lead", 500L)]
    [InlineData("sales finance", 100L)]
    public void Of_several_limits_of_a_person_the_largest_counts(string roles, long? limit) =>
        Assert.Equal(limit, new DatasetRights(Deals, Somebody(roles)).RowLimit);

    [Theory]
    [InlineData(50L, "lead sales", 50L)]
    [InlineData(1000L, "lead sales", 500L)]
    [InlineData(1000L, "finance", 1000L)]
    [InlineData(null, "finance", null)]
    public void The_limit_of_the_dataset_holds_besides(long? ofDataset, string roles, long? limit) =>
        Assert.Equal(limit, new DatasetRights(Deals, Somebody(roles)).Permit(new Dataset(Deals with { RowLimit = ofDataset }, [], [])).RowLimit);

    [Fact]
    public void A_column_with_roles_is_seen_by_these_only()
    {
        var sales = new DatasetRights(Deals, Somebody("sales"));

        Assert.Equal((false, true, true), (sales.MaySeeColumn("iban"), sales.MaySeeColumn("region"), sales.MaySeeColumn("said_nothing_of")));
        Assert.True(new DatasetRights(Deals, Somebody("finance")).MaySeeColumn("iban"));
    }

    [Fact]
    public void Who_lacks_the_attribute_sees_no_rows_instead_of_all()
    {
        var permission = new DatasetRights(Deals, Somebody("sales")).Permit(Described).Permission!;

        Assert.Null(permission.Rows);
        Assert.Equal("Your account has no value for region, which this dataset needs; an administrator can add it under People.", permission.Obstacle);
    }

    [Fact]
    public void Several_values_where_one_is_compared_are_refused()
    {
        var permission = new DatasetRights(Deals, Somebody("sales", "EU", "US")).Permit(Described).Permission!;

        Assert.Null(permission.Rows);
        Assert.StartsWith("Your account has several values for region", permission.Obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scope_covers_itself_and_all_rows_cover_any()
    {
        var (eu, us, both) = (Scope("EU"), Scope("US"), Scope("US", "EU"));

        Assert.True(eu.Covers(Scope("EU")) && both.Covers(Scope("EU", "US")) && RowScope.AllRows.Covers(eu));
        Assert.False(eu.Covers(us) || eu.Covers(RowScope.AllRows) || eu.Covers(both) || eu.Covers(eu with { Filter = "true" }));
    }

    private static Dataset Described => new(Deals, [], [])
    {
        RowFilter = RowFilter.Parse(Deals.RowFilter!).Filter! with { Lists = new HashSet<string>() },
    };

    private static Person Administrator => new("admin", ["admin"], Attributes.None, IsAdministrator: true);

    private static RowScope Scope(params string[] regions) => new(Deals.RowFilter, new Dictionary<string, IReadOnlyList<string>> { ["region"] = regions });

    private static Person Somebody(string roles, params string[] regions) => new(
        "anna", roles.Split(' ', StringSplitOptions.RemoveEmptyEntries), Attributes.Of(regions.Select(value => ("region", value))), IsAdministrator: false);
}
