using System.Text;
using ExportHub.Exports;
using Microsoft.AspNetCore.Http;

namespace ExportHub.Tests.Exports;

public sealed class SentFormTests
{
    private const string Type = "multipart/form-data; boundary=xyz";

    [Fact]
    public async Task Fields_come_before_the_file_and_the_file_is_left_to_be_read()
    {
        var form = Form(Field("token", "abc"), File("orders.csv", "id\r\n1"), Field("late", "x"));

        var file = await form.ReadToFileAsync(default);

        Assert.Equal("id\r\n1", await new StreamReader(file!).ReadToEndAsync());
        Assert.Equal("orders.csv", form.FileName);
        Assert.Equal("abc", Assert.Single(form.Fields).Value);
    }

    [Fact]
    public async Task Where_no_file_was_chosen_all_fields_are_read()
    {
        var form = Form(File("", ""), Field("sha256", "abc"));

        Assert.Null(await form.ReadToFileAsync(default));
        Assert.Equal("abc", form.Fields["sha256"]);
        Assert.Null(form.FileName);
    }

    [Fact]
    public async Task Of_a_header_without_end_little_is_read()
    {
        var sent = new MemoryStream(Encoding.Latin1.GetBytes("--xyz\r\nA: " + new string('a', 10_000_000)));

        await Assert.ThrowsAsync<BadHttpRequestException>(() => SentForm.Of(Type, sent)!.ReadToFileAsync(default));

        Assert.InRange(sent.Position, 1, 100_000);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\\files\\orders.csv", "orders.csv")]
    public async Task Of_a_path_only_the_name_is_taken(string sent, string name)
    {
        var form = Form(File(sent, "x"));

        await form.ReadToFileAsync(default);

        Assert.Equal(name, form.FileName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/mixed; boundary=xyz")]
    [InlineData("application/x-www-form-urlencoded")]
    public void What_is_no_such_form_is_none(string? type) => Assert.Null(SentForm.Of(type, Stream.Null));

    [Theory]
    [InlineData("")]
    [InlineData("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end")]
    public async Task A_form_that_is_cut_off_is_a_bad_request(string body)
    {
        var form = SentForm.Of(Type, new MemoryStream(Encoding.UTF8.GetBytes(body)))!;

        await Assert.ThrowsAsync<BadHttpRequestException>(() => form.ReadToFileAsync(default));
    }

    private static SentForm Form(params string[] sections) =>
        SentForm.Of(Type, new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(sections) + "--xyz--\r\n")))!;

    private static string Field(string name, string value) => $"--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private static string File(string name, string text) =>
        $"--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n{text}\r\n";
}
