using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ExportHub.Tests.Access;

/// <summary>A preview shows no more than an export would hold.</summary>
public sealed class RightsAtPreviewTests(RightsApp site) : IClassFixture<RightsApp>
{
    [Fact]
    public async Task A_preview_has_the_columns_rows_and_limits_of_the_person()
    {
        var preview = await (await PostAsync("anna", new { format = "csv" })).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(["id", "region", "amount"], preview.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()));
        Assert.Equal(["EU", "EU"], preview.GetProperty("rows").EnumerateArray().Select(row => row[1].GetString()));
        Assert.Equal(2, preview.GetProperty("expected").GetProperty("rows").GetInt64());
    }

    [Theory]
    [InlineData("cleo", HttpStatusCode.NotFound)]
    [InlineData("dora", HttpStatusCode.Forbidden)]
    public async Task Who_may_not_export_a_dataset_has_no_preview_of_it(string name, HttpStatusCode status) =>
        Assert.Equal(status, (await PostAsync(name, new { format = "csv" })).StatusCode);

    [Fact]
    public async Task A_column_or_option_that_is_not_permitted_is_refused_as_for_an_export()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("anna", new { format = "csv", columns = new[] { "iban" } })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("anna", new { format = "csv", options = new { formulaGuard = false } })).StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string name, object request) =>
        await (await site.AsAsync(name)).PostAsJsonAsync("/api/datasets/deals/preview", request);
}
