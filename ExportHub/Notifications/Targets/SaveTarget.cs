using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Notifications.Storage;
using ExportHub.Notifications.Webhooks;

namespace ExportHub.Notifications.Targets;

/// <summary>Makes targets, changes and tests them. Who calls it has made sure that an administrator asks.</summary>
internal sealed class SaveTarget(TargetStore store, TargetSecrets secrets, TargetCheck check, TargetStores places, WebhookClient webhooks, TimeProvider time)
{
    /// <summary>Storage is saved only when a small file could be written there and deleted.</summary>
    public async Task<TargetOutcome> AddAsync(TargetDraft draft, Viewer by, CancellationToken cancel)
    {
        var errors = new Errors();
        var name = TargetCheck.SettleName(draft.Name, errors.Add);
        if (draft.Kind is not { } kind || !Enum.IsDefined(kind))
        {
            errors.Add("kind", Text.Of("Choose what kind of target it is."));
            return errors.Outcome;
        }

        var (settings, roles) = await SettleAsync(kind, draft, kept: null, errors, cancel);
        if (errors.Any)
        {
            return errors.Outcome;
        }

        var made = kind == TargetKind.Webhook ? WebhookSignature.NewSecret() : null;
        var target = new Target { Id = Guid.CreateVersion7(), Name = name, Kind = kind, Settings = settings, Roles = roles, CreatedBy = by.Name };
        return await store.AddAsync(target, (made ?? Said(draft)) is { } secret ? secrets.Protect(secret) : null, cancel)
            ? new TargetOutcome.Saved(target.Id, made)
            : (TargetOutcome)Errors.Of("name", Text.Of("There is a target of that name already, or there are {0} targets, which is as many as there may be.", TargetStore.Most));
    }

    /// <summary>Name and kind stay. Without a secret the one there is stays too, unless it would go to another place: then it has to be given again.</summary>
    public async Task<TargetOutcome> ChangeAsync(Guid id, TargetDraft draft, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } target)
        {
            return new TargetOutcome.Unknown();
        }

        var errors = new Errors();
        var (settings, roles) = await SettleAsync(target.Kind, draft, target, errors, cancel);
        if (errors.Any)
        {
            return errors.Outcome;
        }

        var secret = target.Kind == TargetKind.Webhook ? null : Said(draft);
        return await store.ChangeAsync(id, settings, roles, secret is null ? null : secrets.Protect(secret), cancel) ? new TargetOutcome.Saved(id) : new TargetOutcome.Unknown();
    }

    /// <summary>A new secret for a web hook; the old one is no longer used.</summary>
    public async Task<TargetOutcome> RenewSecretAsync(Guid id, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { Kind: TargetKind.Webhook } target)
        {
            return new TargetOutcome.Unknown();
        }

        var secret = WebhookSignature.NewSecret();
        return await store.ChangeAsync(id, target.Settings, target.Roles, secrets.Protect(secret), cancel) ? new TargetOutcome.Saved(id, secret) : new TargetOutcome.Unknown();
    }

    public Task<bool> DisableAsync(Guid id, bool disabled, CancellationToken cancel) => store.DisableAsync(id, disabled, cancel);

    public Task<bool> DeleteAsync(Guid id, CancellationToken cancel) => store.DeleteAsync(id, cancel);

    /// <summary>A call of the kind `test`, or a small file written and deleted. Null when there is no such target.</summary>
    public async Task<Sent?> TestAsync(Guid id, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } target)
        {
            return null;
        }

        var secret = await secrets.FindAsync(id, cancel);
        if (target.Kind == TargetKind.Webhook)
        {
            return secret is null
                ? Sent.Never(Text.Of("The secret of this target cannot be read any more. An administrator has to make a new one."))
                : await webhooks.CallAsync(target.Settings.Url!, secret, WebhookBody.Test(Guid.CreateVersion7(), time.GetUtcNow()), cancel);
        }

        return await places.TestAsync(target.Kind, target.Settings, secret, cancel) is { } fault
            ? Sent.Later(fault)
            : Sent.Arrived(Text.Of("A small file was written there and deleted again."));
    }

    private async Task<(TargetSettings Settings, string[] Roles)> SettleAsync(TargetKind kind, TargetDraft draft, Target? kept, Errors errors, CancellationToken cancel)
    {
        var settings = await check.SettleAsync(kind, draft.Settings, errors.Add, cancel);
        var roles = TargetCheck.SettleRoles(draft.Roles, errors.Add);
        var secret = Said(draft);
        if (kind is TargetKind.Azure && secret is null && kept is null)
        {
            errors.Add("secret", Text.Of("Give the key of the account or a shared access signature."));
        }

        if (kind is TargetKind.S3 && kept is null && (secret is null) != (settings.AccessKey is null))
        {
            errors.Add("secret", Text.Of("Give both keys, or neither to use what the machine has."));
        }

        if (kept is { HasSecret: true } && secret is null && kind != TargetKind.Webhook && LeadsElsewhere(settings, kept.Settings))
        {
            // Otherwise whoever may change the place could have the secret sent to a server of his own.
            errors.Add("secret", Text.Of("The place has changed, so give the secret again."));
        }

        if (!errors.Any && kind != TargetKind.Webhook)
        {
            var used = secret ?? (kept is null ? null : await secrets.FindAsync(kept.Id, cancel));
            if (await places.TestAsync(kind, settings, used, cancel) is { } fault)
            {
                errors.Add("", Text.Of("A small file could not be written there, so nothing was saved. {0}", fault));
            }
        }

        return (settings, roles);
    }

    private static bool LeadsElsewhere(TargetSettings settings, TargetSettings before) =>
        settings.Endpoint != before.Endpoint || settings.Account != before.Account || settings.AccessKey != before.AccessKey || settings.Region != before.Region || settings.Bucket != before.Bucket;

    private static string? Said(TargetDraft draft) => draft.Secret?.Trim() is { Length: > 0 } secret ? secret : null;

    private sealed class Errors
    {
        private readonly Dictionary<string, List<string>> all = [];

        public bool Any => all.Count > 0;

        public TargetOutcome.Rejected Outcome => new(all.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));

        public static TargetOutcome.Rejected Of(string field, string message) => new(new Dictionary<string, string[]> { [field] = [message] });

        public void Add(string field, string message)
        {
            if (!all.TryGetValue(field, out var messages))
            {
                all[field] = messages = [];
            }

            messages.Add(message);
        }
    }
}
