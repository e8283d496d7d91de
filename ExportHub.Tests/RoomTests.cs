using System.Text.RegularExpressions;

namespace ExportHub.Tests;

/// <summary>The house as DESIGN has it: which room may use which. A folder that is not in the table is a failing test, so a new room is a decision.</summary>
public sealed partial class RoomTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Language"] = [],
        ["Database"] = [],
        ["Formats"] = ["Language"],
        ["Files"] = [],
        ["Access"] = ["Language", "Database"],
        ["Datasets"] = ["Language", "Database", "Access", "Formats"],
        ["Exports"] = ["Language", "Datasets", "Formats", "Files", "Access", "Database"],
        ["Schedules"] = ["Language", "Notifications", "Exports", "Datasets", "Access", "Database"],
        ["Notifications"] = ["Language", "Exports", "Datasets", "Files", "Access", "Database"],
        ["Operations"] = ["Language", "Exports", "Schedules", "Files", "Access", "Database"],
        ["Jobs"] = ["Exports", "Schedules", "Notifications", "Access", "Database"],
        ["Pages"] = ["Language", "Formats", "Files", "Access", "Datasets", "Exports", "Schedules", "Notifications", "Operations"],
        ["Api"] = ["Formats", "Files", "Access", "Datasets", "Exports", "Schedules", "Notifications", "Operations"],
    };

    private static readonly string House = Path.Combine(Repository.Root, "ExportHub");

    [Fact]
    public void Every_folder_is_a_room_of_the_table()
    {
        var folders = Directory.GetDirectories(House).Select(Path.GetFileName).Except(["bin", "obj", "Properties"]);

        Assert.Empty(folders.Except(MayUse.Keys));
    }

    [Fact]
    public void A_room_uses_only_the_rooms_it_may()
    {
        var uses =
            from file in SourceFiles()
            let room = RoomOf(file)
            where room != ""
            from Match match in RoomName().Matches(File.ReadAllText(file))
            let used = match.Groups["room"].Value
            where used != room && MayUse.ContainsKey(used) && !MayUse[room].Contains(used)
            select $"{Path.GetRelativePath(House, file)} uses {used}";

        Assert.Empty(uses.Distinct());
    }

    [Fact]
    public void Only_Jobs_says_Hangfire_or_Quartz()
    {
        var told = SourceFiles().Where(file => RoomOf(file) != "Jobs" && EngineName().IsMatch(File.ReadAllText(file)));

        Assert.Empty(told);
    }

    [Fact]
    public void The_clock_is_a_parameter()
    {
        var wall = SourceFiles().Where(file => WallClock().IsMatch(File.ReadAllText(file)));

        Assert.Empty(wall);
    }

    [Fact]
    public void The_program_is_a_table_of_contents() =>
        Assert.InRange(File.ReadLines(Path.Combine(House, "Program.cs")).Count(), 1, 70);

    private static IEnumerable<string> SourceFiles() =>
        from file in Directory.EnumerateFiles(House, "*.*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".cshtml" or ".razor"
        where Path.GetRelativePath(House, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj")
        select file;

    private static string RoomOf(string file) =>
        Path.GetRelativePath(House, file).Split(Path.DirectorySeparatorChar) is [var room, _, ..] ? room : "";

    [GeneratedRegex(@"\bExportHub\.(?<room>[A-Z][a-z]+)\b")]
    private static partial Regex RoomName();

    [GeneratedRegex(@"\busing (Hangfire|Quartz)\b")]
    private static partial Regex EngineName();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    private static partial Regex WallClock();
}
