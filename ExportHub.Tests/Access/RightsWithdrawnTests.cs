using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Exports;

namespace ExportHub.Tests.Access;

/// <summary>Rights that were withdrawn after the request: before the attempt, and before the download.</summary>
public sealed class RightsWithdrawnTests : IAsyncLifetime
{
    private static readonly ExportRequest Everything = new() { Dataset = "deals", Format = "csv" };

    private readonly RightsApp rights = new();

    /// <summary>What an administrator does meanwhile, to whom, and what the export ends with.</summary>
    public static TheoryData<string, string, string> Withdrawals => new()
    {
        { "anna", "role", "The right to export this dataset was withdrawn." },
        { "anna", "account", "The account of the person who asked is disabled or gone." },
        { "anna", "attribute", "Your account has no value for region" },
        { "anna", "limit", "One export may hold 2 rows of this dataset at most now." },
        { "anna", "rights", "The right to export this dataset was withdrawn." },
        { "anna", "dataset", "The right to export this dataset was withdrawn." },
        { "bert", "column", "The right to read the column IBAN was withdrawn." },
        { "bert", "raw", "The right to turn off the formula guard was withdrawn." },
    };

    public Task InitializeAsync() => rights.InitializeAsync();

    public Task DisposeAsync() => rights.DisposeAsync();

    [Theory]
    [MemberData(nameof(Withdrawals))]
    public async Task An_export_that_is_no_longer_permitted_when_it_starts_fails_without_a_file(string name, string what, string words)
    {
        var id = await rights.QueuedAsync(name, Of(what), () => WithdrawAsync(name, what));

        var end = await rights.App.EndAsync(id);

        Assert.Equal("failed", end.GetProperty("status").GetString());
        Assert.Equal("not_permitted", end.GetProperty("error").GetProperty("code").GetString());
        Assert.StartsWith("This is no longer permitted. " + words, end.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, end.GetProperty("attempt").GetInt32());
        Assert.Empty(Directory.Exists(rights.App.FilesFolder) ? Directory.GetFiles(rights.App.FilesFolder, "*", SearchOption.AllDirectories) : []);
    }

    [Fact]
    public async Task Rows_are_those_of_the_start_not_those_of_the_request()
    {
        var id = await rights.QueuedAsync("anna", Everything, () => rights.GiveAsync("anna", ["sales"], "region=US"));

        var end = await rights.App.EndAsync(id);

        var lines = await RightsApp.LinesAsync(await rights.AsAsync("anna"), end);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Contains(",US,", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_filter_that_came_meanwhile_binds_too()
    {
        await rights.App.WriteDatasetAsync("deals", RightsApp.Deals.Replace("\"rowFilter\": \"region = @user.region\",", "", StringComparison.Ordinal)
            .Replace("\"allRows\": [\"finance\"],", "", StringComparison.Ordinal));

        var id = await rights.QueuedAsync("anna", Everything, () => rights.App.WriteDatasetAsync("deals", RightsApp.Deals));

        Assert.Equal(2, (await rights.App.EndAsync(id)).GetProperty("progress").GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task A_definition_that_cannot_be_read_permits_nothing_and_is_tried_again()
    {
        var id = await rights.QueuedAsync("anna", Everything, () => rights.App.WriteDatasetAsync("deals", "{ half"));
        await Until.TrueAsync(async () => (await rights.App.StatusAsync(id)).GetProperty("error") is { ValueKind: JsonValueKind.Object } error
            && error.GetProperty("code").GetString() == "rights_unknown", "the failure of the first attempt");

        await rights.App.WriteDatasetAsync("deals", RightsApp.Deals);

        Assert.Equal("completed", (await rights.App.EndAsync(id)).GetProperty("status").GetString());
    }

    [Theory]
    [MemberData(nameof(Withdrawals))]
    [InlineData("anna", "scope", "Which rows you may see has changed since this file was made.")]
    [InlineData("anna", "filter", "Which rows you may see has changed since this file was made.")]
    public async Task A_file_that_is_no_longer_permitted_is_not_handed_out(string name, string what, string words)
    {
        var client = await rights.AsAsync(name);
        // Two rows of hers are within a limit of two, so that this alone is about files with more.
        var export = await rights.CompletedAsync(client, what == "limit" ? Everything with { Limit = 2 } : Of(what));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(RightsApp.FileOf(export))).StatusCode);

        await WithdrawAsync(name, what == "limit" ? "lower limit" : what);

        var answer = await client.GetAsync(RightsApp.FileOf(export));
        if (what == "account")
        {
            // A person who is disabled does not even come in.
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            return;
        }

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("not_permitted", problem.GetProperty("code").GetString());
        Assert.Contains(what == "limit" ? "One export may hold 1 rows" : words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, RightsApp.FileOf(export)))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await rights.App.Client.GetAsync(RightsApp.FileOf(export))).StatusCode);
    }

    [Fact]
    public async Task The_page_says_why_instead_of_offering_the_file()
    {
        var export = await rights.CompletedAsync(await rights.AsAsync("anna"), Everything);
        await rights.GiveAsync("anna", ["sales"], "region=US");
        var browser = await rights.Access.SignedInAsync("anna");

        var page = await browser.GetStringAsync(new Uri($"/exports/{export.GetProperty("id").GetGuid()}", UriKind.Relative));

        Assert.Contains("Which rows you may see has changed since this file was made.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/file\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_see_more_now_still_gets_the_file()
    {
        var anna = await rights.AsAsync("anna");
        var export = await rights.CompletedAsync(anna, Everything);

        await rights.GiveAsync("anna", ["sales", "finance"], "");

        Assert.Equal(HttpStatusCode.OK, (await anna.GetAsync(RightsApp.FileOf(export))).StatusCode);
    }

    [Fact]
    public async Task A_file_of_which_nobody_knows_the_rows_is_for_those_who_may_see_all()
    {
        var (anna, bert) = (await rights.AsAsync("anna"), await rights.AsAsync("bert"));
        var (hers, his) = (await rights.CompletedAsync(anna, Everything), await rights.CompletedAsync(bert, Everything));

        await rights.App.Database.ExecuteAsync("UPDATE exporthub.export SET scope = NULL");

        Assert.Equal(HttpStatusCode.Forbidden, (await anna.GetAsync(RightsApp.FileOf(hers))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bert.GetAsync(RightsApp.FileOf(his))).StatusCode);
    }

    [Fact]
    public async Task A_retry_is_judged_like_a_request()
    {
        var anna = await rights.AsAsync("anna");
        var id = await rights.QueuedAsync("anna", Everything, () => rights.GiveAsync("anna", [], "region=EU"));
        await rights.App.EndAsync(id);

        Assert.Equal(HttpStatusCode.Accepted, (await rights.App.Client.PostAsync(new Uri($"/api/exports/{id}/retry", UriKind.Relative), null)).StatusCode);

        Assert.Equal("not_permitted", (await rights.App.EndAsync(id)).GetProperty("error").GetProperty("code").GetString());
        await rights.GiveAsync("anna", ["sales"], "region=EU");
        await anna.PostAsync(new Uri($"/api/exports/{id}/retry", UriKind.Relative), null);
        Assert.Equal("completed", (await rights.App.EndAsync(id)).GetProperty("status").GetString());
    }

    private static ExportRequest Of(string what) => what switch
    {
        "column" => Everything with { Columns = ["id", "iban"] },
        "raw" => Everything with { Columns = ["id"], Options = new() { FormulaGuard = false } },
        _ => Everything,
    };

    private Task WithdrawAsync(string name, string what) => what switch
    {
        "role" => rights.GiveAsync(name, ["other"], "region=EU"),
        "account" => rights.DisableAsync(name),
        "attribute" => rights.GiveAsync(name, ["sales"], ""),
        "scope" => rights.GiveAsync(name, ["sales"], "region=US"),
        "limit" => WriteAsync("\"sales\": 3", "\"sales\": 2"),
        "lower limit" => WriteAsync("\"sales\": 3", "\"sales\": 1"),
        "rights" => WriteAsync("\"export\": [\"sales\", \"finance\"]", "\"export\": []"),
        "column" => WriteAsync("\"roles\": [\"finance\"]", "\"roles\": [\"other\"]"),
        "raw" => WriteAsync("\"raw\": [\"finance\"]", "\"raw\": []"),
        "filter" => WriteAsync("region = @user.region", "region = @user.region AND amount > 10"),
        "dataset" => Delete("deals"),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, message: null),
    };

    private Task WriteAsync(string old, string now)
    {
        Assert.Contains(old, RightsApp.Deals, StringComparison.Ordinal);
        return rights.App.WriteDatasetAsync("deals", RightsApp.Deals.Replace(old, now, StringComparison.Ordinal));
    }

    private Task Delete(string dataset)
    {
        File.Delete(Path.Combine(rights.App.DatasetsFolder, dataset + ".json"));
        return Task.CompletedTask;
    }
}
