using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Notifications.Mail;
using ExportHub.Notifications.Targets;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications;

/// <summary>What people may say of where runs go.</summary>
internal sealed class DeliveryCheck(PermittedTargets targets, IOptions<MailOptions> mail)
{
    /// <summary>The field of addresses, as faults name it.</summary>
    public const string MailTo = "delivery.mailTo";

    public const string Targets = "delivery.targets";

    /// <summary>As it is kept; each fault is told with its field, <see cref="MailTo"/> or <see cref="Targets"/>. Whether a recipient may have the file is judged at each run.</summary>
    public async Task<Delivery> SettleAsync(Delivery draft, Viewer by, Action<string, string> fault, CancellationToken cancel)
    {
        var addresses = Once(draft.MailTo);
        CheckAddresses(addresses, message => fault(MailTo, message));
        var names = Once(draft.Targets);
        if (names.Length > 0)
        {
            var known = await targets.ListAsync(by, cancel);
            foreach (var name in names.Where(name => known.All(target => !string.Equals(target.Name, name, StringComparison.OrdinalIgnoreCase))))
            {
                fault(Targets, Text.Of("There is no target “{0}” that you may use.", OneLine.Of(name, Target.LongestName)));
            }
        }

        return draft with { MailTo = addresses, Targets = names };
    }

    private void CheckAddresses(string[] addresses, Action<string> fault)
    {
        if (addresses.Length > 0 && !mail.Value.IsSetUp)
        {
            fault(Text.Of("ExportHub cannot send mail here, because no mail server is set up. An administrator has to do that first; nothing else is affected."));
        }

        if (addresses.Length > mail.Value.MostRecipients)
        {
            fault(Text.Of("{0} recipients are too many: one schedule may have {1:N0}. A distribution list is one recipient.", addresses.Length, mail.Value.MostRecipients));
            return;
        }

        foreach (var address in addresses.Where(address => !MailAddresses.IsOne(address)))
        {
            fault(Text.Of("“{0}” is not a mail address. One looks like anna@example.com.", OneLine.Of(address, MailAddresses.Longest)));
        }
    }

    private static string[] Once(IReadOnlyList<string>? said) =>
        [.. (said ?? []).Select(one => one?.Trim() ?? "").Where(one => one.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
}
