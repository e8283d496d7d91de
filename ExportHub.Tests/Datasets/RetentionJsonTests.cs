using System.Text;
using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

public sealed class RetentionJsonTests
{
    [Theory]
    [InlineData("30", "30.00:00:00", "30")]
    [InlineData("\"30.00:00:00\"", "30.00:00:00", "30")]
    [InlineData("\"12:00:00\"", "12:00:00", "12:00:00")]
    [InlineData("3650", "3650.00:00:00", "3650")]
    public void It_is_a_number_of_days_or_a_time(string json, string time, string inTheForm)
    {
        var retention = Read(json).Definition.Retention!.Value;

        Assert.Equal(TimeSpan.Parse(time, null), retention);
        Assert.Equal(inTheForm, RetentionJson.Write(retention));
        Assert.Equal(retention, RetentionJson.Parse(inTheForm));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("3651")]
    [InlineData("1.5")]
    [InlineData("\"a month\"")]
    [InlineData("\"\"")]
    [InlineData("true")]
    [InlineData("[7]")]
    public void Anything_else_breaks_the_definition_with_a_sentence(string json)
    {
        var fault = Read(json).Fault!;

        Assert.Contains("at `retention`", fault, StringComparison.Ordinal);
        Assert.Contains("must be a number of days up to 3650", fault, StringComparison.Ordinal);
    }

    private static DefinitionFile Read(string json) =>
        DefinitionText.Read("orders.json", "orders", Encoding.UTF8.GetBytes($$"""{ "from": "public.orders", "retention": {{json}} }"""));
}
