namespace ExportHub.Tests.Faults;

/// <summary>As long as it lasts, the engine's tables take no new job.</summary>
internal sealed class Refusal : IAsyncDisposable
{
    private readonly FaultySite site;

    private Refusal(FaultySite site) => this.site = site;

    public static async Task<Refusal> BeginAsync(FaultySite site)
    {
        await site.Database.ExecuteAsync($"""
            CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The engine takes no job.'; END $$;
            CREATE TRIGGER refuse BEFORE {Place.Enqueue.Act} FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();
            """);
        return new Refusal(site);
    }

    public async ValueTask DisposeAsync() => await site.Database.ExecuteAsync("DROP FUNCTION public.refuse CASCADE");
}
