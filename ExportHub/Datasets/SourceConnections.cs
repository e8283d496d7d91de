using Npgsql;

namespace ExportHub.Datasets;

/// <summary>
/// The pool of a source, shared out between rows and counts. Rows come first: a count is lent a connection only while more than one is free,
/// and has to give it back as soon as rows need it. So counts can neither block rows nor one another, however small the pool. The one that stays
/// free is for descriptions of datasets, which are short.
/// </summary>
internal sealed class SourceConnections(NpgsqlDataSource pool)
{
    private readonly int size = new NpgsqlConnectionStringBuilder(pool.ConnectionString).MaxPoolSize;
    private readonly Lock gate = new();
    private readonly List<Loan> loans = [];
    private int readers;

    /// <summary>A connection for rows; <see cref="Leave"/> follows when it is closed, or when this fails.</summary>
    public async Task<SourceLine> OpenAsync(string applicationName, CancellationToken cancel)
    {
        await RecallAsync();
        return await LineAsync(applicationName, cancel);
    }

    public void Leave()
    {
        lock (gate)
        {
            readers--;
        }
    }

    /// <summary>Null when none is to spare.</summary>
    public Loan? Borrow()
    {
        lock (gate)
        {
            if (readers + loans.Count + 1 >= size)
            {
                return null;
            }

            var loan = new Loan(this);
            loans.Add(loan);
            return loan;
        }
    }

    private async Task RecallAsync()
    {
        Loan? recalled = null;
        lock (gate)
        {
            readers++;
            if (readers + loans.Count >= size && loans is [.., var youngest])
            {
                recalled = youngest;
                loans.Remove(youngest);
            }
        }

        if (recalled is not null)
        {
            await recalled.RecallAsync();
        }
    }

    private async Task<SourceLine> LineAsync(string applicationName, CancellationToken cancel) =>
        new(await pool.OpenConnectionAsync(cancel), applicationName, pool.OpenConnectionAsync);

    /// <summary>Leave to open one connection; disposed when that is closed.</summary>
    internal sealed class Loan(SourceConnections lender) : IDisposable
    {
        // Never disposed, because it may be recalled at any moment; without a timer there is nothing in it to free.
        private readonly CancellationTokenSource recall = new();

        /// <summary>Fires when rows need the connection.</summary>
        public CancellationToken Recalled => recall.Token;

        public Task<SourceLine> OpenAsync(string applicationName, CancellationToken cancel) => lender.LineAsync(applicationName, cancel);

        public Task RecallAsync() => recall.CancelAsync();

        public void Dispose()
        {
            lock (lender.gate)
            {
                lender.loans.Remove(this);
            }
        }
    }
}
