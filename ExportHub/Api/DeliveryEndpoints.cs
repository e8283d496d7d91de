using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Exports;
using ExportHub.Files;
using ExportHub.Notifications;

namespace ExportHub.Api;

/// <summary>What was delivered, and the caller's news.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Deliveries");
        deliveries.MapGet("/", ListAsync).Produces<DeliveryList>()
            .WithSummary("What the caller's schedules sent, newest first; for administrators everybody's. By status, channel and schedule.");
        deliveries.MapPost("/{id:guid}/again", AgainAsync).Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Send it again. 409 while it is still under way.");
        api.MapGet("/news", NewsAsync).Produces<NewsList>().WithTags("Deliveries").WithSummary("What the caller was told in the application, unread first.");
        api.MapPost("/news/read", ReadAsync).Produces(StatusCodes.Status204NoContent).WithTags("Deliveries").WithSummary("Mark the caller's news as read, up to one of them or all.");
        api.MapMethods("/received/{id:guid}/file", [HttpMethods.Get, HttpMethods.Head], DownloadAsync).WithMetadata(new CountsAsAttribute(LimitKind.Download)).WithTags("Deliveries")
            .WithSummary("The file that a mail has named to the caller, who must have the right to it now.");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, DeliveryStore deliveries, CancellationToken cancel, string? status = null, string? channel = null, Guid? schedule = null, Guid? before = null, int size = 50)
    {
        var errors = new Dictionary<string, string[]>();
        var wanted = Read<DeliveryStatus>(status, "status", errors);
        var way = Read<Channel>(channel, "channel", errors);
        if (errors.Count > 0)
        {
            return Problems.Validation(http, errors);
        }

        var viewer = Viewer.Of(http.User);
        var page = await deliveries.ListAsync(new DeliveryFilter(viewer.SeesAll ? null : viewer.Name, wanted, way, schedule, before, size), cancel);
        var tries = await deliveries.ListTriesAsync([.. page.Items.Select(one => one.Id)], cancel);
        return TypedResults.Ok(new DeliveryList([.. page.Items.Select(one => DeliveryDocument.Of(one, tries[one.Id]))], page.Next));
    }

    private static async Task<IResult> AgainAsync(Guid id, HttpContext http, DeliveryStore deliveries, Poke poke, CancellationToken cancel)
    {
        var viewer = Viewer.Of(http.User);
        if (await deliveries.FindAsync(id, viewer, cancel) is null)
        {
            return Problems.Of(http, StatusCodes.Status404NotFound, "There is no such delivery.");
        }

        if (!await deliveries.AgainAsync(id, viewer, cancel))
        {
            return Problems.Of(http, StatusCodes.Status409Conflict, "It is still under way.", "It is sent by itself; there is nothing to do.");
        }

        poke.Wake();
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<IResult> NewsAsync(HttpContext http, Bell bell, CancellationToken cancel, int size = Bell.LargestPage)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Ok(new NewsList(await bell.ListAsync(Viewer.Of(http.User).Name, cancel, size)));
    }

    private static async Task<IResult> ReadAsync(HttpContext http, Bell bell, CancellationToken cancel, long? until = null)
    {
        await bell.ReadAsync(Viewer.Of(http.User).Name, until, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> DownloadAsync(
        Guid id, HttpContext http, ReceivedFiles received, ExportRights rights, IFileStore files, FileLinkSigner signer, ExportAudit audit, CancellationToken cancel) =>
        await received.FindAsync(id, Viewer.Of(http.User), cancel) is { } found
            ? await FileEndpoints.SendAsync(found.Export, http, rights, files, signer, audit, cancel)
            : Problems.Of(http, StatusCodes.Status404NotFound, "There is no such delivery.");

    private static T? Read<T>(string? text, string field, Dictionary<string, string[]> errors)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        var known = Enum.GetValues<T>().Where(value => DeliveryStore.NameOf(value) == text).ToList();
        if (known.Count == 0)
        {
            errors[field] = [$"It must be one of {string.Join(", ", Enum.GetValues<T>().Select(DeliveryStore.NameOf))}."];
        }

        return known.Count == 0 ? null : known[0];
    }
}

/// <param name="Next">Send it as `before` for the following page; null on the last.</param>
internal sealed record DeliveryList(IReadOnlyList<DeliveryDocument> Items, Guid? Next);

internal sealed record NewsList(IReadOnlyList<BellEvent> Items);

/// <param name="Status">`waiting`, `failed` (it is tried again), `done` or `given_up`.</param>
/// <param name="Recipient">A mail address, or the name of a target.</param>
/// <param name="Tries">Newest first.</param>
internal sealed record DeliveryDocument(
    Guid Id, string Kind, string Channel, string Recipient, string Status, string Owner, string Schedule, Guid? ScheduleId, Guid? OccurrenceId, Guid? ExportId, string? Answer, string? Placed,
    DateTimeOffset MadeAt, DateTimeOffset? NextTryAt, DateTimeOffset? SettledAt, IReadOnlyList<DeliveryTry> Tries)
{
    public static DeliveryDocument Of(DeliveryRecord one, IEnumerable<DeliveryTry> tries) => new(
        one.Id, DeliveryStore.NameOf(one.Kind), DeliveryStore.NameOf(one.Channel), one.Recipient, DeliveryStore.NameOf(one.Status), one.Owner, one.Subject, one.ScheduleId, one.OccurrenceId,
        one.ExportId, one.Answer, one.Placed, one.MadeAt, one.NextTryAt, one.SettledAt, [.. tries]);
}
