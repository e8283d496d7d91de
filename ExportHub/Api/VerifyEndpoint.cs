using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Files;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using ContentDispositionHeaderValue = Microsoft.Net.Http.Headers.ContentDispositionHeaderValue;

namespace ExportHub.Api;

/// <summary>Of which export is this file, and is it unchanged?</summary>
internal static class VerifyEndpoint
{
    private const string AnyFile = "*/*";

    private const string WhatToSend = """Send the file as application/octet-stream or in a form, or { "sha256": "…" } as application/json.""";

    public static void MapVerify(this IEndpointRouteBuilder api) =>
        api.MapPost("/verify", VerifyAsync)
            .Accepts<VerifyRequest>("application/json", AnyFile)
            .AddOpenApiOperationTransformer(DescribeFile)
            .Produces<Verification>()
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            // The handler counts for itself, by its own setting.
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .WithTags("Exports")
            .WithSummary("Takes a file or its SHA-256 and says which export it is of and whether it is unchanged. With ?export={id} it is compared with that one.");

    private static Task DescribeFile(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        operation.RequestBody!.Content![AnyFile] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
        return Task.CompletedTask;
    }

    private static async Task<IResult> VerifyAsync(
        Guid? export, HttpContext http, VerifyFile verify, ExportHistory history, IOptions<FilesOptions> files,
        IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken cancel)
    {
        if (export is { } id && await history.FindAsync(id, Viewer.Of(http.User), cancel) is not { WasPublished: true })
        {
            return Problems.Of(http, StatusCodes.Status404NotFound, "There is no such export with a file.", "Leave out export to look in all of them.");
        }

        var (file, name, problem) = http.Request.HasJsonContentType()
            ? await HashAsync(http, json.Value.SerializerOptions)
            : await FileAsync(http, files.Value.MaxVerifyBytes, cancel);
        return file is null ? problem! : TypedResults.Ok(await verify.AskAsync(file, export, name, Viewer.Of(http.User), cancel));
    }

    private static async Task<(FileFingerprint? File, string? Name, ProblemHttpResult? Problem)> HashAsync(
        HttpContext http, System.Text.Json.JsonSerializerOptions json)
    {
        var (request, problem) = await JsonBody.ReadAsync<VerifyRequest>(http, json);
        return request is null ? (null, null, problem) : OfText(http, request.Sha256);
    }

    private static async Task<(FileFingerprint? File, string? Name, ProblemHttpResult? Problem)> FileAsync(HttpContext http, long most, CancellationToken cancel)
    {
        var request = http.Request;
        if (request.ContentType is null && request.ContentLength is null or 0)
        {
            return (null, null, Fault(http, WhatToSend));
        }

        if (request.ContentLength > most)
        {
            return (null, null, TooLarge(http, most));
        }

        var body = request.Body;
        var name = ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var said) ? SentForm.NameOf(said) : null;
        if (SentForm.Of(request.ContentType, body) is { } form)
        {
            if (await form.ReadToFileAsync(cancel) is not { } sent)
            {
                return form.Fields.TryGetValue("sha256", out var text) ? OfText(http, text) : (null, null, Fault(http, WhatToSend));
            }

            (body, name) = (sent, form.FileName);
        }

        return await FileFingerprint.OfAsync(body, most, cancel) is { } file ? (file, name, null) : (null, null, TooLarge(http, most));
    }

    private static (FileFingerprint? File, string? Name, ProblemHttpResult? Problem) OfText(HttpContext http, string? text) =>
        FileFingerprint.OfText(text) is { } file
            ? (file, null, null)
            : (null, null, Fault(http, $"{FileFingerprint.Rule} To verify a JSON file, send it as application/octet-stream."));

    private static ProblemHttpResult Fault(HttpContext http, string allowed) => Problems.Validation(http, new Dictionary<string, string[]> { ["sha256"] = [allowed] });

    private static ProblemHttpResult TooLarge(HttpContext http, long most) => Problems.Of(
        http, StatusCodes.Status413PayloadTooLarge, $"The file is larger than {most} bytes.", "Hash it where it is (sha256sum) and send the hash.");
}

/// <param name="Sha256">64 hexadecimal digits.</param>
internal sealed record VerifyRequest(string? Sha256 = null);
