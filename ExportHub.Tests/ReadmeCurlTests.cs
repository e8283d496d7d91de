using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExportHub.Tests.Processes;
using ExportHub.Tests.RealData;

namespace ExportHub.Tests;

/// <summary>Runs what README tells people to run, as it stands but for host and port.</summary>
public sealed partial class ReadmeCurlTests(DemoDatabase database) : IClassFixture<DemoDatabase>, IDisposable
{
    private const string Address = "http://localhost:5000";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-readme-");

    private string Downloads => Path.Combine(folder.FullName, "downloads");

    public void Dispose() => folder.Delete(recursive: true);

    [CurlFact]
    public async Task The_five_lines_do_what_they_say()
    {
        var lines = Readme.Blocks("Five lines")[0].Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await using var app = await StartAsync();

        var answers = await RunAsync(app, lines);

        Assert.Equal(5, answers.Count);
        Assert.Equal([200], answers[0].Codes);
        Assert.Contains("orders", Json(answers[0]).GetProperty("items").EnumerateArray().Select(dataset => dataset.GetProperty("name").GetString()));
        Assert.Equal([202], answers[1].Codes);
        var id = answers[1].Id;
        Assert.All(answers[2].Codes, code => Assert.Equal(200, code));
        var status = Json(answers[2]);
        Assert.Equal((id, "completed"), (status.GetProperty("id").GetString(), status.GetProperty("status").GetString()));
        Assert.Equal([200], answers[3].Codes);
        await AssertDownloadedAsync(status.GetProperty("download"));
        Assert.Equal([200], answers[4].Codes);
        Assert.Contains(id, Json(answers[4]).GetProperty("items").EnumerateArray().Select(export => export.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task The_body_in_the_text_is_accepted_and_the_status_document_has_the_fields_in_the_text()
    {
        var body = Readme.Blocks("What to ask for")[0].Text;
        var told = JsonDocument.Parse(Readme.Blocks("The status document")[0].Text).RootElement;
        await using var app = await StartAsync();

        var answer = await app.Client.PostAsync(new Uri("/api/exports", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.True(answer.IsSuccessStatusCode, document.ToString());
        Assert.Equal(Fields(document), Fields(told));
    }

    private async Task AssertDownloadedAsync(JsonElement download)
    {
        var file = Assert.Single(Directory.GetFiles(Downloads, "*.csv"));
        Assert.Equal(download.GetProperty("fileName").GetString(), Path.GetFileName(file));
        Assert.StartsWith("orders_2026-01-01_2026-01-31_", Path.GetFileName(file), StringComparison.Ordinal);
        Assert.Equal(download.GetProperty("bytes").GetInt64(), new FileInfo(file).Length);
        var (header, rows) = Referee.Read("csv", await File.ReadAllBytesAsync(file));
        var orderedAt = header.ToList().IndexOf("ordered_at");
        Assert.Equal(download.GetProperty("rows").GetInt64(), rows.Count);
        Assert.All(rows, row => Assert.StartsWith("2026-01-", (string)row[orderedAt]!, StringComparison.Ordinal));
    }

    private Task<AppProcess> StartAsync() => AppProcess.StartAsync(
        ("ConnectionStrings:ExportHub", database.ConnectionString),
        ("Demo:Seed", "true"),
        ("Files:Folder", Path.Combine(folder.FullName, "files")),
        ("Polling:InitialDelay", "00:00:00.5"));

    /// <summary>One shell for all lines, so that a variable goes from one to the next; curl is asked to tell the headers of each answer too.</summary>
    private async Task<IReadOnlyList<Answer>> RunAsync(AppProcess app, string[] lines)
    {
        const string Mark = "=== line";
        var script = new StringBuilder("curl() { command curl --dump-header headers \"$@\"; code=$?; grep ^HTTP headers >> codes; return $code; }\n");
        foreach (var line in lines)
        {
            Assert.Contains(Address, line, StringComparison.Ordinal);
            script.Append(": > codes\n").Append(line.Replace(Address, app.Client.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal));
            script.Append($"\nprintf '\\n{Mark} %s\\n' \"${{id-}}\"; cat codes; echo '{Mark}'\n");
        }

        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script.ToString()])
        {
            WorkingDirectory = Directory.CreateDirectory(Downloads).FullName, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["AUTH"] = $"Authorization: Bearer {TestApp.AdminToken}" },
        })!;
        var errors = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("", await errors);
        return [.. AnswerOfLine().Matches(output).Select(m => new Answer(
            m.Groups["body"].Value, m.Groups["id"].Value, [.. HttpCode().Matches(m.Groups["codes"].Value).Select(code => int.Parse(code.Groups["code"].Value, CultureInfo.InvariantCulture))]))];
    }

    private static JsonElement Json(Answer answer) => JsonDocument.Parse(answer.Body).RootElement;

    /// <summary>The names of the fields in their order, with those inside of the objects that a waiting export has.</summary>
    private static IEnumerable<string> Fields(JsonElement document) =>
        from field in document.EnumerateObject()
        from name in field.Name is "progress" or "queue" or "poll" ? Fields(field.Value).Select(inner => $"{field.Name}.{inner}") : [field.Name]
        select name;

    private sealed record Answer(string Body, string Id, IReadOnlyList<int> Codes);

    [GeneratedRegex(@"(?<body>.*?)\n=== line (?<id>[^\n]*)\n(?<codes>.*?)=== line\n", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex AnswerOfLine();

    [GeneratedRegex(@"^HTTP/\S+ (?<code>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex HttpCode();
}
