using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExportHub.Api;

/// <summary>Reads a JSON body whose faults are answered with the field they are in.</summary>
internal static class JsonBody
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Either the value or the answer that says why there is none.</summary>
    public static async Task<(T? Value, ProblemHttpResult? Problem)> ReadAsync<T>(HttpContext http, JsonSerializerOptions json)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
        {
            return (null, Problems.Of(http, StatusCodes.Status415UnsupportedMediaType, "The body has to be JSON.", "Send it with Content-Type: application/json."));
        }

        if (await ReadBoundedAsync(http) is not { } body)
        {
            return (null, Problems.Of(http, StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MaxBytes} bytes."));
        }

        try
        {
            return HasHalfCharacters(body.Span, json)
                ? (null, Invalid(http, "$", "A text holds half of a surrogate pair, which is no character."))
                : JsonSerializer.Deserialize<T>(body.Span, json) is { } value
                    ? (value, null)
                    : (null, Invalid(http, "$", "The body is null; an object is wanted."));
        }
        catch (JsonException fault)
        {
            return (null, Invalid(http, fault.Path ?? "$", Describe(fault)));
        }
    }

    /// <summary>Half a surrogate pair, such as `"\ud800"`, passes as JSON and is no text; whoever reads it later gets an exception.</summary>
    private static bool HasHalfCharacters(ReadOnlySpan<byte> body, JsonSerializerOptions json)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = json.MaxDepth, CommentHandling = json.ReadCommentHandling, AllowTrailingCommas = json.AllowTrailingCommas });
        try
        {
            while (reader.Read())
            {
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped ? reader.GetString() : null;
            }

            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBoundedAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBytes)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static ProblemHttpResult Invalid(HttpContext http, string path, string message) =>
        Problems.Validation(http, new Dictionary<string, string[]> { [path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path] = [message] });

    private static string Describe(JsonException fault) =>
        fault.Message.StartsWith("The JSON property", StringComparison.Ordinal) && fault.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? "There is no such field."
            : $"This is not the JSON that is wanted here (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}).";
}
