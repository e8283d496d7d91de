using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Notifications;
using ExportHub.Notifications.Mail;
using ExportHub.Notifications.Storage;

namespace ExportHub.Tests.Notifications;

/// <summary>Rules that need no application: addresses, names of files, delays.</summary>
public sealed class RulesTests
{
    private static readonly Export Made = new()
    {
        Id = Guid.Parse("0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a"), Status = ExportStatus.Completed, Dataset = new DatasetDefinition { Name = "orders" },
        Criteria = new Criteria { Columns = ["id"], TimeZone = "UTC" }, Format = "csv", Options = new(), FileKey = "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a/1.csv.gz", FileName = "orders.v2.csv.gz",
    };

    [Theory]
    [InlineData("anna@example.com", true)]
    [InlineData("Anna.Müller+x@example.com", false)]
    [InlineData("anna+reports@mail.example.co.uk", true)]
    [InlineData("o'brien@example.com", true)]
    [InlineData("anna", false)]
    [InlineData("anna@localhost", false)]
    [InlineData("anna@@example.com", false)]
    [InlineData("anna@example.com, bert@example.com", false)]
    [InlineData("anna@example.com;bert@example.com", false)]
    [InlineData("Anna <anna@example.com>", false)]
    [InlineData("anna@example.com\r\nBcc: x@example.com", false)]
    [InlineData("anna@example.com\n", false)]
    [InlineData("anna@example.com\0", false)]
    [InlineData("\u202Eanna@example.com", false)]
    [InlineData("anna@127.0.0.1", false)]
    [InlineData("anna@[127.0.0.1]", false)]
    [InlineData("\"a b\"@example.com", false)]
    [InlineData(" anna@example.com", false)]
    [InlineData("", false)]
    public void An_address_is_one_bare_address(string text, bool isOne) => Assert.Equal(isOne, MailAddresses.IsOne(text));

    [Fact]
    public void An_address_has_an_end() => Assert.False(MailAddresses.IsOne($"a@{string.Join('.', Enumerable.Repeat(new string('b', 60), 5))}.com"));

    [Theory]
    [InlineData("{schedule}/{due:yyyy-MM-dd} {time:HHmm}.{ending}", "Monday/2026-11-23 0630.csv.gz")]
    [InlineData("{dataset}_{due:yyyyMM}_{export}.{ending}", "orders_202611_0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a.csv.gz")]
    [InlineData("out/{due:yyyy}/{due:MM}/report.{ending}", "out/2026/11/report.csv.gz")]
    public void A_pattern_is_filled_in_the_zone_of_the_schedule(string pattern, string name)
    {
        Assert.Null(NamePattern.Fault(pattern));
        Assert.Equal(name, NamePattern.Fill(pattern, NewsOf("Monday"), Made));
    }

    [Theory]
    [InlineData("{customer}.csv", "{customer}")]
    [InlineData("{due:'x'}.csv", "{due:'x'}")]
    [InlineData("{export:yyyy}.csv", "{export:yyyy}")]
    [InlineData("../{export}.csv", "dot")]
    [InlineData("/etc/{export}", "empty")]
    [InlineData("a//b", "empty")]
    [InlineData("a/.hidden", "dot")]
    [InlineData("C:\\x", "\\")]
    [InlineData("{due", "{ }")]
    [InlineData("a\nb", "\\")]
    [InlineData("", "1 to 300")]
    public void A_pattern_that_cannot_be_one_is_refused_with_a_sentence_that_says_why(string pattern, string why) =>
        Assert.Contains(why, NamePattern.Fault(pattern), StringComparison.Ordinal);

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("CON")]
    [InlineData("a\\..\\b")]
    [InlineData("C:\\Windows")]
    [InlineData("a\0b")]
    [InlineData("...   ")]
    [InlineData("{export}")]
    public void Whatever_a_schedule_is_called_its_files_stay_where_they_belong(string schedule)
    {
        var name = NamePattern.Fill("{schedule}/{schedule}.{ending}", NewsOf(schedule), Made);

        Assert.Equal(2, name.Split('/').Length);
        Assert.StartsWith("/root/", Path.GetFullPath(Path.Combine("/root", name)), StringComparison.Ordinal);
        Assert.All(name.Split('/'), part => Assert.True(part.Length > 0 && part[0] != '.' && part.IndexOfAny(['\\', ':', '\0', '{']) < 0, part));
        Assert.NotEqual("CON", name.Split('/')[0]);
    }

    [Fact]
    public void A_long_name_is_cut_before_its_ending()
    {
        var name = NamePattern.Fill("{schedule}{schedule}{schedule}.{ending}", NewsOf(new string('漢', 100)), Made);

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(name), 200, 245);
        Assert.EndsWith(".csv.gz", name, StringComparison.Ordinal);
        Assert.Equal("a/b (2).csv.gz", NamePattern.Numbered("a/b.csv.gz", 2));
    }

    [Fact]
    public void Delays_grow_from_a_minute_to_six_hours_and_end_after_a_day()
    {
        var day = TimeSpan.FromDays(1);

        Assert.Equal([1, 5, 15, 60, 360, 360], Enumerable.Range(1, 6).Select(round => RetryRule.After(round, TimeSpan.Zero, day, 0.5)!.Value.TotalMinutes));
        Assert.Equal(48, RetryRule.After(1, TimeSpan.Zero, day, 0)!.Value.TotalSeconds, 1e-6);
        Assert.Equal(72, RetryRule.After(1, TimeSpan.Zero, day, 1)!.Value.TotalSeconds, 1e-6);
        Assert.Null(RetryRule.After(9, day, day, 0.5));
    }

    [Fact]
    public void A_folder_must_lie_in_one_of_the_setting_and_no_link_leads_out()
    {
        var root = Directory.CreateTempSubdirectory("exporthub-folders-");
        try
        {
            var inside = root.CreateSubdirectory("in/deep").FullName;
            var allowed = new[] { Path.Combine(root.FullName, "in") };
            File.CreateSymbolicLink(Path.Combine(root.FullName, "in", "out"), root.FullName);

            Assert.Null(FolderRule.Refuse(inside, allowed));
            Assert.Null(FolderRule.Refuse(allowed[0] + Path.DirectorySeparatorChar, allowed));
            Assert.All(
                [root.FullName, Path.Combine(inside, "..", ".."), allowed[0] + "side", Path.Combine(allowed[0], "out"), Path.Combine(allowed[0], "out", "in"), "relative", "", null],
                folder => Assert.NotNull(FolderRule.Refuse(folder, allowed)));
            Assert.NotNull(FolderRule.Refuse(inside, []));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static News NewsOf(string schedule) => new(NewsKind.Ready, "k", "anna", schedule, "/schedules/1")
    {
        DueAt = new DateTimeOffset(2026, 11, 23, 5, 30, 0, TimeSpan.Zero), TimeZone = "Europe/Berlin",
    };
}
