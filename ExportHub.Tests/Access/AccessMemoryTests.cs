using ExportHub.Access;
using ExportHub.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportHub.Tests.Access;

/// <summary>What is remembered of accounts between requests, and that it is forgotten when something changes anywhere.</summary>
public sealed class AccessMemoryTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly AccessMemory memory = new(new AppDatabase(database.Pool), TimeProvider.System, NullLogger<AccessMemory>.Instance);
    private int asked;

    public async Task InitializeAsync()
    {
        await memory.StartAsync(default);
        await RememberedAsync();
    }

    public Task DisposeAsync() => memory.StopAsync(default);

    public void Dispose() => memory.Dispose();

    [Theory]
    [InlineData("UPDATE exporthub.app_user SET roles = '{}' WHERE name = 'anna'")]
    [InlineData("UPDATE exporthub.app_user SET disabled = true WHERE name = 'anna'")]
    [InlineData("DELETE FROM exporthub.app_user WHERE name = 'anna'")]
    [InlineData("UPDATE exporthub.api_token SET revoked_at = now()")]
    [InlineData("DELETE FROM exporthub.app_session")]
    public async Task A_change_of_accounts_is_heard_whoever_made_it(string change)
    {
        await database.ExecuteAsync("""
            DELETE FROM exporthub.app_user;
            INSERT INTO exporthub.app_user (id, name, name_key, security_stamp) VALUES (gen_random_uuid(), 'anna', 'ANNA', 's');
            INSERT INTO exporthub.api_token (id, user_id, name, hash, scopes, expires_at) SELECT id, id, 't', '\x01', '{read}', now() + interval '1 day' FROM exporthub.app_user;
            INSERT INTO exporthub.app_session (id, user_id) SELECT id, id FROM exporthub.app_user;
            """);
        await RememberedAsync();
        var before = asked;

        await database.ExecuteAsync(change);

        await Until.TrueAsync(async () => await AskAsync() > before, "it is asked again");
    }

    [Fact]
    public async Task The_use_of_a_token_is_no_news()
    {
        await database.ExecuteAsync("UPDATE exporthub.api_token SET last_used_at = now()");
        // What comes later is heard later: the change of the next line would be the second piece of news.
        var before = await AskAsync();

        Assert.Equal(before, await AskAsync());
    }

    [Fact]
    public async Task What_this_instance_changes_is_forgotten_at_once()
    {
        var before = await AskAsync();

        memory.Forget();

        Assert.Equal(before + 1, await AskAsync());
    }

    [Fact]
    public async Task An_answer_that_a_change_overtook_is_not_kept()
    {
        var before = asked;

        await memory.AskAsync("key of the slow", Long, () =>
        {
            memory.Forget();
            asked++;
            return Task.FromResult<string?>("old");
        });
        await memory.AskAsync("key of the slow", Long, Count);

        Assert.Equal(before + 2, asked);
    }

    [Fact]
    public async Task Nothing_is_kept_beyond_its_lifetime_and_no_refusal_at_all()
    {
        await memory.AskAsync("short", TimeSpan.Zero, Count);
        var before = asked;
        await memory.AskAsync("short", TimeSpan.Zero, Count);
        await memory.AskAsync("nobody", Long, () => Task.FromResult<string?>(null));

        Assert.Equal(before + 1, asked);
        Assert.NotNull(await memory.AskAsync("nobody", Long, Count));
    }

    [Fact]
    public async Task While_the_line_is_cut_everything_is_asked_and_later_it_remembers_again()
    {
        await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()");

        await Until.TrueAsync(
            async () =>
            {
                var before = asked;
                return await AskAsync() == before + 1 && await AskAsync() == before + 2;
            },
            "it asks each time");
        await RememberedAsync();
    }

    private async Task<int> AskAsync()
    {
        await memory.AskAsync("key", Long, Count);
        return asked;
    }

    private Task<string?> Count()
    {
        asked++;
        return Task.FromResult<string?>("answer");
    }

    private Task RememberedAsync() => Until.TrueAsync(async () => await AskAsync() == await AskAsync(), "it remembers");
}
