using System.Net;
using System.Reflection;
using ExportHub.Access;
using ExportHub.Tests.Access;
using ExportHub.Tests.Processes;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Tests.Hostile;

/// <summary>Forms that this site did not show to this person: every handler of every page refuses them.</summary>
public sealed class HostileFormTests(HostileFormTests.Site site) : IClassFixture<HostileFormTests.Site>
{
    /// <summary>Where each handler is sent to. The name is that of the page's class and its method.</summary>
    private static readonly Dictionary<string, string> Handlers = new(StringComparer.Ordinal)
    {
        ["AccountModel.OnPostPasswordAsync"] = "/account?handler=password",
        ["AccountModel.OnPostTokenAsync"] = "/account?handler=token",
        ["AccountModel.OnPostRevokeAsync"] = "/account?handler=revoke",
        ["DeliveriesModel.OnPostAgainAsync"] = "/deliveries?handler=again",
        ["EditDatasetModel.OnPostAsync"] = "/admin/datasets/orders",
        ["EditPlaceModel.OnPostSaveAsync"] = "/admin/targets/new?handler=save&kind=webhook",
        ["EditPlaceModel.OnPostSecretAsync"] = "/admin/targets/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=secret",
        ["EditPlaceModel.OnPostTestAsync"] = "/admin/targets/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=test",
        ["EditPlaceModel.OnPostDisableAsync"] = "/admin/targets/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=disable",
        ["EditPlaceModel.OnPostDeleteAsync"] = "/admin/targets/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=delete",
        ["EditScheduleModel.OnPostAsync"] = "/schedules/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a/edit",
        ["FormRunsModel.OnPostAsync"] = "/schedules/runs",
        ["LookModel.OnPost"] = "/look",
        ["NewScheduleModel.OnPostAsync"] = "/schedules/new",
        ["NewScheduleModel.OnPostBeginAsync"] = "/schedules/new?handler=begin&dataset=orders",
        ["NewTemplateModel.OnPostAsync"] = "/templates/new?from=0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a",
        ["NoticesModel.OnPostReadAsync"] = "/news?handler=read",
        ["OperationsModel.OnPostAsync"] = "/admin/operations",
        ["PlacesModel.OnPostMailAsync"] = "/admin/targets?handler=mail",
        ["PreviewModel.OnPostAsync"] = "/request/orders/preview",
        ["RemoveDatasetModel.OnPostAsync"] = "/admin/datasets/orders/remove",
        ["RequestModel.OnPostAsync"] = "/request/orders?send",
        ["RunAgainModel.OnPostAsync"] = "/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a/again",
        ["ScheduleModel.OnPostRunAsync"] = "/schedules/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=run",
        ["ScheduleModel.OnPostPauseAsync"] = "/schedules/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=pause",
        ["ScheduleModel.OnPostResumeAsync"] = "/schedules/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=resume",
        ["ScheduleModel.OnPostBackfillAsync"] = "/schedules/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=backfill",
        ["ScheduleModel.OnPostGiveAsync"] = "/schedules/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=give",
        ["ScheduleModel.OnPostDeliverAsync"] = "/schedules/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=deliver",
        ["ScheduleModel.OnPostDropAsync"] = "/schedules/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=drop",
        ["ScheduleModel.OnPostDeleteAsync"] = "/schedules/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=delete",
        ["SignInModel.OnPostAsync"] = "/sign-in",
        ["SignInModel.OnPostOutAsync"] = "/sign-in?handler=out",
        ["StatusModel.OnPostDeleteAsync"] = "/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=delete",
        ["StatusModel.OnPostKeepAsync"] = "/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=keep",
        ["StatusModel.OnPostUnkeepAsync"] = "/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=unkeep",
        ["StatusModel.OnPostCancelAsync"] = "/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=cancel",
        ["StatusModel.OnPostRetryAsync"] = "/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=retry",
        ["TemplateModel.OnPostSaveAsync"] = "/templates/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=save",
        ["TemplateModel.OnPostRestoreAsync"] = "/templates/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=restore",
        ["TemplateModel.OnPostDefaultAsync"] = "/templates/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=default",
        ["TemplateModel.OnPostDeleteAsync"] = "/templates/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a?handler=delete",
        ["UsersModel.OnPostCreateAsync"] = "/admin/users?handler=create",
        ["UsersModel.OnPostRolesAsync"] = "/admin/users?handler=roles",
        ["UsersModel.OnPostAttributesAsync"] = "/admin/users?handler=attributes",
        ["UsersModel.OnPostQuotaAsync"] = "/admin/users?handler=quota",
        ["UsersModel.OnPostAddressAsync"] = "/admin/users?handler=address",
        ["UsersModel.OnPostDisableAsync"] = "/admin/users?handler=disable",
        ["UsersModel.OnPostEnableAsync"] = "/admin/users?handler=enable",
        ["UsersModel.OnPostResetAsync"] = "/admin/users?handler=reset",
        ["VerifyModel.OnPostAsync"] = "/verify",
    };

    private static readonly string[] Forgeries = ["none", "empty", "altered", "cut", "another person's", "a stranger's", "in the address", "the cookie's", "nonsense"];

    public static TheoryData<string, string> Forged
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var action in Handlers.Values)
            {
                foreach (var forgery in Forgeries)
                {
                    all.Add(action, forgery);
                }
            }

            return all;
        }
    }

    [Fact]
    public void No_handler_of_a_page_is_forgotten()
    {
        var handlers = typeof(Program).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(PageModel)))
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public))
            .Where(method => method.Name.StartsWith("On", StringComparison.Ordinal) && !method.Name.StartsWith("OnGet", StringComparison.Ordinal)
                && method.DeclaringType != typeof(PageModel) && !method.Name.StartsWith("OnPageHandler", StringComparison.Ordinal))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Equal(Handlers.Keys.Order(StringComparer.Ordinal), handlers.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Forged))]
    public async Task A_form_that_was_not_shown_to_this_person_is_refused(string action, string forgery)
    {
        var before = await site.StateAsync();

        using var answer = await site.SendAsync(action, forgery);

        if (action.StartsWith("/sign-in", StringComparison.Ordinal))
        {
            Assert.Equal("/sign-in?because=cookie", answer.Headers.Location!.ToString());
        }
        else
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Equal(before, await site.StateAsync());
        Assert.True(await AccessApp.IsInAsync(site.Admin));
    }

    [Fact]
    public async Task The_same_form_with_the_persons_own_token_is_taken()
    {
        using var answer = await site.SendAsync("/admin/users?handler=roles", "own");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_and_a_session_are_good_at_every_instance_and_after_a_restart()
    {
        await using var access = new Started();
        await access.App.InitializeAsync();
        var shown = await AccessApp.SignInAsync(access.App.NewClient(), "anna", access.App.PasswordOf("anna"));
        var anna = access.App.WithCookiesOf(shown);
        var page = await anna.GetAsync(new Uri("/verify", UriKind.Relative));
        var cookies = anna.DefaultRequestHeaders.GetValues("Cookie").Concat(page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])).ToList();
        var token = (await Pages.Form.HtmlAsync(page)).QuerySelector($"main input[name={PageForms.Token}]")!.GetAttribute("value")!;

        await using var other = await AppProcess.StartAsync(
            ("ConnectionStrings:ExportHub", access.App.App.Database.ConnectionString), ("Access:RequireHttps", "false"), ("Files:Folder", access.App.App.FilesFolder),
            ("Datasets:Folder", access.App.App.DatasetsFolder));
        using var elsewhere = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = other.Client.BaseAddress };
        await access.App.App.StopAsync();
        var again = access.App.NewClient();

        foreach (var client in new[] { elsewhere, again })
        {
            client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies));
            using var answer = await PageForms.SendStreamedAsync(client, "/verify", [new(PageForms.Token, token), new("sha256", new string('a', 64))]);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains(">anna<", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private sealed class Started : IAsyncDisposable
    {
        public AccessApp App { get; } = new();

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }

    public sealed class Site : IAsyncLifetime
    {
        private readonly AccessApp access = new();
        private Dictionary<string, string> tokens = [];

        internal HttpClient Admin { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await access.InitializeAsync();
            Admin = await access.SignedInAsync(FirstAdministrator.Name);
            var own = await PageForms.TokenAsync(Admin);
            tokens = new(StringComparer.Ordinal)
            {
                ["own"] = own,
                ["empty"] = "",
                ["altered"] = own[..20] + (own[20] == 'A' ? 'B' : 'A') + own[21..],
                ["cut"] = own[..^4],
                ["another person's"] = await PageForms.TokenAsync(await access.SignedInAsync("bert")),
                ["a stranger's"] = await PageForms.TokenAsync(access.NewClient(), "/sign-in"),
                ["the cookie's"] = (await access.NewClient().GetAsync(new Uri("/sign-in", UriKind.Relative))).Headers.GetValues("Set-Cookie")
                    .Single(cookie => cookie.Contains("exporthub-form=", StringComparison.Ordinal)).Split(';')[0].Split('=', 2)[1],
                ["nonsense"] = "nonsense",
            };
        }

        public Task DisposeAsync() => access.DisposeAsync();

        internal async Task<HttpResponseMessage> SendAsync(string action, string forgery)
        {
            var bert = await access.FindAsync("bert");
            List<KeyValuePair<string, string>> fields =
                [new("id", $"{bert.Id}"), new("roles", "finance"), new("attributes", "region=US"), new("name", "eve"), new("act", "pause"), new("reason", "because"), new("tokenName", "stolen"),
                    new("scopes", "admin"), new("days", "30"), new("current", TestApp.AdminPassword), new("next", "a password of the thief"), new("sha256", new string('a', 64))];
            if (forgery == "in the address")
            {
                action += $"{(action.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{PageForms.Token}={Uri.EscapeDataString(tokens["own"])}";
            }
            else if (forgery != "none")
            {
                fields.Insert(0, new(PageForms.Token, tokens[forgery]));
            }

            return action.StartsWith("/verify", StringComparison.Ordinal) ? await PageForms.SendStreamedAsync(Admin, action, fields) : await PageForms.SendAsync(Admin, action, fields);
        }

        /// <summary>All that the handlers could have changed.</summary>
        internal async Task<string> StateAsync()
        {
            await using var command = access.App.Database.Pool.CreateCommand("""
                SELECT (SELECT string_agg(to_jsonb(app_user)::text, E'\n' ORDER BY id) FROM exporthub.app_user) || (SELECT count(*) FROM exporthub.export)
                    || (SELECT count(*) FROM exporthub.api_token) || (SELECT count(*) FROM exporthub.audit) || (SELECT count(*) FROM exporthub.schedule)
                """);
            return (string)(await command.ExecuteScalarAsync())!;
        }
    }
}
