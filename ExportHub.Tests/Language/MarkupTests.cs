namespace ExportHub.Tests.Language;

/// <summary>No page and no component says anything past <see cref="ExportHub.Language.Text"/>.</summary>
public sealed class MarkupTests
{
    /// <summary>Examples of what programs write, which are the same everywhere.</summary>
    private static readonly string[] SameEverywhere = ["region=EU", "region = ANY (user.region)", "en-US"];

    [Fact]
    public void No_markup_has_words_of_its_own()
    {
        var words = from path in SpokenSource.Files("ExportHub/Pages", ".cshtml", ".razor")
                    from text in Markup.Words(SpokenSource.Read(path))
                    where !SameEverywhere.Contains(text)
                    select $"{path}: {text}";

        Assert.Empty(words);
    }

    [Fact]
    public void No_code_of_a_page_has_a_sentence_of_its_own()
    {
        var said = SpokenSource.OfServer().SelectMany(place => place.Keys).ToHashSet(StringComparer.Ordinal);
        var sentences = from path in SpokenSource.Files("ExportHub/Pages", ".cs")
                        from text in Literals.Of(SpokenSource.Read(path))
                        where Literals.IsSentence(text) && !said.Contains(text)
                        select $"{path}: {text}";

        Assert.Empty(sentences);
    }

    [Theory]
    [InlineData("<p>Nothing here.</p>", "Nothing here.")]
    [InlineData("<p>@Model.Count rows</p>", "rows")]
    [InlineData("@if (a < b)\n{\n  <p>Less</p>\n}\nelse\n{\n  <p>@More</p>\n}", "Less")]
    [InlineData("<input aria-label=\"Name of @user\" />", "Name of")]
    [InlineData("<text>never</text>", "never")]
    public void Words_in_markup_are_found(string markup, string words) => Assert.Equal([words], Markup.Words(markup));

    [Theory]
    [InlineData("<p>@Text.Of(\"Nothing here.\")</p>")]
    [InlineData("@page \"/x\"\n@{\n  ViewData[\"Title\"] = \"X\";\n}\n<h1>@ViewData[\"Title\"]</h1>")]
    [InlineData("@foreach (var (name, title) in View.All.Where(x => x.Count > 1))\n{\n  <option value=\"@name\">@title</option>\n}")]
    [InlineData("<p>@(a is null ? \"\" : Text.Of(\"{0} of it\", a))</p>@code {\n  private string Words => \"many words\";\n}")]
    [InlineData("<p>@Marked.Of(\"In {0}\", @<code>the folder</code>)</p>")]
    public void Code_is_no_word(string markup) => Assert.Empty(Markup.Words(markup));
}
