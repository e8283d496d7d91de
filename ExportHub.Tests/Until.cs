namespace ExportHub.Tests;

/// <summary>Waits for a condition instead of sleeping; a limit makes a condition that never comes a failure that says so.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static Task TrueAsync(Func<Task<bool>> condition, string what) =>
        AnswerAsync(async () => await condition() ? Yes : null, what);

    /// <summary>The first answer that is not null.</summary>
    public static async Task<T> AnswerAsync<T>(Func<Task<T?>> question, string what)
        where T : class
    {
        using var patience = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        try
        {
            while (true)
            {
                if (await question() is { } answer)
                {
                    return answer;
                }

                await timer.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"After {Limit.TotalSeconds:0} s still not: {what}", late);
        }
    }

    private static readonly object Yes = new();
}
