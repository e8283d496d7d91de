using System.Text.RegularExpressions;

namespace ExportHub.Tests;

/// <summary>The files that people start ExportHub with give settings that there are. Nothing here starts a container.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string[] NotOurs = ["ConnectionStrings", "Logging", "ASPNETCORE"];

    public static TheoryData<string> Files => ["compose.yaml", "docs/deployment/compose.yaml", "docs/deployment/kubernetes.yaml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_setting_is_one_of_the_table(string file)
    {
        var told = Readme.Rows("Settings").Select(row => Readme.Code(row[0])).ToHashSet(StringComparer.Ordinal);
        var given = Variable().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))).Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal)).Distinct()
            .Where(setting => !NotOurs.Contains(setting.Split(':')[0])).ToList();

        Assert.NotEmpty(given);
        Assert.Empty(given.Except(told));
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]*(__[A-Za-z0-9]+)+\b")]
    private static partial Regex Variable();
}
