using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Pages.Request;
using ExportHub.Pages.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace ExportHub.Pages.Users;

/// <summary>Administrators add people, give roles and attributes, disable and give new passwords.</summary>
internal sealed class UsersModel(People people, IOptions<ExportsOptions> exports) : PageModel
{
    public IReadOnlyList<User> Everybody { get; private set; } = [];

    public List<FormError> Faults { get; } = [];

    public string? Done { get; private set; }

    /// <summary>What somebody without a quota of their own has.</summary>
    public string QuotaOfAll => exports.Value.QuotaBytes is { } bytes ? Quantity.Size(bytes) : Text.Of("any size");

    /// <summary>Shown once.</summary>
    public string? NewPassword { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => ShowAsync(cancel);

    public async Task OnPostCreateAsync(string? name, string? roles, CancellationToken cancel)
    {
        var (password, fault) = await people.AddAsync(name?.Trim() ?? "", People.ReadRoles(roles));
        NewPassword = password;
        await ShowAsync(cancel, fault, "name");
    }

    public async Task OnPostRolesAsync(Guid id, string? roles, CancellationToken cancel) =>
        await ShowAsync(cancel, await people.GiveRolesAsync(id, People.ReadRoles(roles)), done: Text.Of("The roles are changed."));

    public async Task OnPostAttributesAsync(Guid id, string? attributes, CancellationToken cancel) =>
        await ShowAsync(cancel, await people.GiveAttributesAsync(id, attributes), done: Text.Of("The attributes are changed."));

    /// <param name="quota">Such as "5 GB"; blank for the quota of everybody.</param>
    public async Task OnPostQuotaAsync(Guid id, string? quota, CancellationToken cancel)
    {
        var bytes = SizeText.Parse(quota);
        var fault = bytes is null && !string.IsNullOrWhiteSpace(quota)
            ? Text.Of("Write a size such as 500 MB or 5 GB, or nothing for the quota of everybody.")
            : await people.GiveQuotaAsync(id, bytes, cancel);
        await ShowAsync(cancel, fault, done: Text.Of("The quota is changed."));
    }

    public async Task OnPostAddressAsync(Guid id, string? address, CancellationToken cancel) =>
        await ShowAsync(cancel, await people.GiveAddressAsync(id, address), done: Text.Of("The mail address is changed."));

    public async Task OnPostDisableAsync(Guid id, CancellationToken cancel) =>
        await ShowAsync(cancel, await people.DisableAsync(id, disabled: true), done: Text.Of("The account is disabled and its sessions end."));

    public async Task OnPostEnableAsync(Guid id, CancellationToken cancel) =>
        await ShowAsync(cancel, await people.DisableAsync(id, disabled: false), done: Text.Of("The account is enabled."));

    public async Task OnPostResetAsync(Guid id, CancellationToken cancel)
    {
        var (password, fault) = await people.ResetPasswordAsync(id);
        NewPassword = password;
        await ShowAsync(cancel, fault);
    }

    private async Task ShowAsync(CancellationToken cancel, string? fault = null, string? field = null, string? done = null)
    {
        if (fault is not null)
        {
            Faults.Add(new FormError(field, PlainText.Of(Text.Recall(fault))));
        }

        Done = fault is null ? done : null;
        Everybody = await people.ListAsync(cancel);
    }
}
