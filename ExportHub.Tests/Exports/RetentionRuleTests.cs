using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Files;

namespace ExportHub.Tests.Exports;

public sealed class RetentionRuleTests
{
    private static readonly FilesOptions Options = new()
    {
        Retention = TimeSpan.FromDays(7),
        RoleRetention = new() { ["finance"] = TimeSpan.FromDays(90), ["sales"] = TimeSpan.FromDays(30), ["guest"] = TimeSpan.FromHours(1) },
    };

    [Theory]
    [InlineData(2.0, 3.0, "finance", 2.0)]
    [InlineData(null, 3.0, "finance", 3.0)]
    [InlineData(null, null, "sales,finance,guest", 90.0)]
    [InlineData(null, null, "Sales", 30.0)]
    [InlineData(null, null, "other", 7.0)]
    [InlineData(null, null, "", 7.0)]
    public void The_schedule_goes_before_the_dataset_the_dataset_before_the_roles_and_the_roles_before_the_setting(double? schedule, double? dataset, string roles, double days) =>
        Assert.Equal(
            TimeSpan.FromDays(days),
            RetentionRule.Of(Days(schedule), new DatasetDefinition { Name = "orders", Retention = Days(dataset) }, roles.Split(','), Options));

    [Fact]
    public void A_role_may_make_it_shorter_than_the_setting() =>
        Assert.Equal(TimeSpan.FromHours(1), RetentionRule.Of(null, new DatasetDefinition { Name = "orders" }, ["guest"], Options));

    [Theory]
    [InlineData("0", false)]
    [InlineData("3651.00:00:00", false)]
    [InlineData("3650.00:00:00", true)]
    public void A_role_is_given_a_time_within_bounds(string time, bool isRight) =>
        Assert.Equal(isRight, new FilesOptions { RoleRetention = new() { ["sales"] = TimeSpan.Parse(time, null) } }.RolesAreKeptInBounds());

    private static TimeSpan? Days(double? days) => days is { } given ? TimeSpan.FromDays(given) : null;
}
