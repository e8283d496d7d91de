using System.Text;
using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

public sealed class DefinitionTextTests
{
    private const string Whole = """
        // What it is for.
        {
          "name": "deals", "title": "Abschlüsse", "description": "All.", "source": "Sales", "query": "SELECT 1 AS a, 2 AS b", "key": ["a"], "dateColumn": "a", "rowLimit": 5, "retention": 30,
          "rights": { "see": ["x"], "export": ["y"], "raw": ["y"], "allRows": ["y"], "rowLimits": { "x": 3 } }, "rowFilter": "a > 0",
          "columns": { "a": { "title": "A" }, "b": { "hidden": true }, "c": { "roles": [] } }
        }
        """;

    [Fact]
    public void What_is_written_reads_as_the_same_definition()
    {
        var definition = Read(Whole).Definition;

        var again = Read(DefinitionText.Write(definition)).Definition;

        Assert.Equivalent(definition, again, strict: true);
    }

    [Fact]
    public void What_is_not_said_is_not_written_and_letters_stay_letters()
    {
        var written = DefinitionText.Write(new DatasetDefinition { Name = "a", Title = "Ü", From = "x.y", Rights = new() { Export = ["z"] } });

        Assert.Equal(
            """
            {
              "name": "a",
              "title": "Ü",
              "from": "x.y",
              "rights": {
                "export": [
                  "z"
                ]
              }
            }

            """,
            written);
    }

    [Fact]
    public void Comments_are_noticed_and_each_text_has_a_stamp_of_its_own()
    {
        var (with, without) = (Read(Whole), Read(Whole.Replace("// What it is for.", "", StringComparison.Ordinal)));

        Assert.True(with.HasComments);
        Assert.False(without.HasComments);
        Assert.NotEqual(with.Stamp, without.Stamp);
    }

    private static DefinitionFile Read(string json) => DefinitionText.Read("deals.json", "deals", Encoding.UTF8.GetBytes(json));
}
