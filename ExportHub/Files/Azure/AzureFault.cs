using System.Net;
using ExportHub.Files.Remote;

namespace ExportHub.Files.Azure;

/// <summary>What the service answers, as what <see cref="IFileStore"/> throws: what another attempt may mend is an <see cref="IOException"/>.</summary>
internal static class AzureFault
{
    /// <summary>Whether the same call may succeed a little later.</summary>
    public static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    public static Exception Of(HttpResponseMessage answer, AzureOptions options) => (answer.StatusCode, CodeOf(answer)) switch
    {
        (_, "ContainerNotFound") => StorageDeniedException.NoPlace(options.Container),
        (HttpStatusCode.NotFound, _) => new FileNotFoundException("The storage has no such file."),
        (_, "AuthenticationFailed" or "InvalidAuthenticationInfo" or "NoAuthenticationInformation") => StorageDeniedException.WrongKey(),
        (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, _) => StorageDeniedException.NoRight(),
        (HttpStatusCode.PreconditionFailed, _) or (_, "BlobAlreadyExists") => new NameTakenException(answer.RequestMessage?.RequestUri?.AbsolutePath ?? ""),
        (HttpStatusCode.InsufficientStorage, _) => new StorageFullException("The storage is full."),
        var (status, code) => new IOException($"The storage answered {(int)status} {code}."),
    };

    private static string? CodeOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : null;
}
