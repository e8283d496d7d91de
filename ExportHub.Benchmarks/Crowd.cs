using System.Net.Http.Json;
using System.Text.Json;

namespace ExportHub.Benchmarks;

/// <summary>Clients that follow an export each as the page does: the server says when to ask again, and where.</summary>
internal sealed class Crowd(App app, IReadOnlyList<string> addresses)
{
    private int answers;
    private int failures;

    public int Answers => answers;

    public int Failures => failures;

    /// <summary>Until it is cancelled. The clients come one after the other within the first seconds, as people do.</summary>
    public Task FollowAsync(int clients, CancellationToken over) =>
        Task.WhenAll(Enumerable.Range(0, clients).Select(n => FollowAsync(addresses[n % addresses.Count], TimeSpan.FromSeconds(5.0 * n / clients), over)));

    private async Task FollowAsync(string address, TimeSpan wait, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await Task.Delay(wait, over);
                using var answer = await app.Client.GetAsync(address, over);
                Interlocked.Increment(ref answers);
                if (!answer.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref failures);
                    continue;
                }

                var poll = (await answer.Content.ReadFromJsonAsync<JsonElement>(over)).GetProperty("poll");
                (address, wait) = (poll.GetProperty("next").GetString()!, TimeSpan.FromSeconds(poll.GetProperty("afterSeconds").GetDouble()));
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The time is over.
        }
    }
}
