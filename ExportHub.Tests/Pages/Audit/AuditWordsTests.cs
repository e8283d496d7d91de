using System.Text.Json;
using ExportHub.Access;
using ExportHub.Pages.Audit;

namespace ExportHub.Tests.Pages.Audit;

public sealed class AuditWordsTests
{
    [Fact]
    public void A_download_is_a_plain_sentence() => Assert.Equal(
        "anna downloaded orders_2026.csv, 67.7 MB, from 10.0.0.7",
        AuditWords.Sentence(Entry("download", who: "anna", subject: "anna", address: "10.0.0.7", details: """{"file": "orders_2026.csv", "bytes": 67700000}""")));

    [Theory]
    [InlineData("download", "session", """{"file": "f.csv", "bytes": 10, "range": "bytes=0-9"}""", "admin downloaded f.csv of anna, 10 bytes (bytes=0-9)")]
    [InlineData("download", "token", """{"file": "f.csv", "bytes": 10}""", "admin downloaded f.csv of anna, 10 bytes, with the token “nightly”")]
    [InlineData("download", "link", """{"file": "f.csv", "bytes": 10}""", "admin downloaded f.csv of anna, 10 bytes, by a signed link")]
    [InlineData("cancel", "session", """{"reason": "It locks a table."}""", "admin canceled orders of anna: “It locks a table.”")]
    [InlineData("roles_given", "session", """{"before": [], "after": ["sales", "support"]}""", "admin gave anna the roles sales, support instead of no role")]
    [InlineData("not_known_here", "session", "{}", "admin: not_known_here anna")]
    public void It_says_whose_and_by_which_way(string act, string how, string details, string sentence) =>
        Assert.Equal(sentence, AuditWords.Sentence(Entry(act, who: "admin", subject: "anna", how: how, details: details)));

    [Fact]
    public void An_account_that_a_sign_in_made_says_so() => Assert.Equal(
        "A sign-in added anna with the role sales, from 10.0.0.7",
        AuditWords.Sentence(Entry("user_added", who: null, subject: "anna", how: "nobody", address: "10.0.0.7", details: """{"roles": ["sales"]}""")));

    [Fact]
    public void Every_act_has_a_name_and_a_sentence_of_its_own()
    {
        var sentences = AuditActs.All.Select(act => AuditWords.Sentence(Entry(act, who: "admin", subject: "anna"))).ToList();

        Assert.Equal(sentences.Count, sentences.Distinct().Count());
        Assert.DoesNotContain(sentences, sentence => sentence.StartsWith("admin: ", StringComparison.Ordinal));
        Assert.Equal(AuditActs.All.Count, AuditActs.All.Select(ActNames.Of).Distinct().Count());
    }

    [Fact]
    public void What_would_break_the_line_or_turn_it_around_is_made_harmless()
    {
        var entry = Entry("sign_in_refused", who: null, how: "nobody", subject: "anna\r\nadmin signed in\u202Egnp\0\u2028", details: """{"reason": "a\u001b[2Jb"}""");

        var sentence = AuditWords.Sentence(entry);

        Assert.Equal("Somebody tried to sign in as “anna\uFFFD\uFFFDadmin signed in\uFFFDgnp\uFFFD\uFFFD” and was refused: “a\uFFFD[2Jb”", sentence);
        Assert.DoesNotContain('\u001b', AuditWords.Details(entry)!);
    }

    private static AuditEntry Entry(string act, string? who, string? subject, string how = "session", string? address = null, string details = "{}") => new(
        1, DateTimeOffset.UnixEpoch, who, how, how == "token" ? "nightly" : null, address, act, Guid.Empty, "orders", subject, JsonSerializer.Deserialize<JsonElement>(details));
}
