using System.Net;
using System.Text;
using ExportHub.Access;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Hostile;

/// <summary>What no text of PostgreSQL can hold, wherever a text is taken: a NUL, half a character, what is cut in the middle of one.</summary>
public sealed class HostileNulTests(AccessApp access) : IClassFixture<AccessApp>
{
    public static TheoryData<string> Addresses
    {
        get
        {
            var all = new TheoryData<string>();
            string[] places =
            [
                "/api/exports?dataset=", "/api/exports?status=", "/exports?dataset=", "/exports?status=", "/api/audit?person=", "/api/audit?act=", "/api/audit?dataset=", "/admin/audit?person=",
                "/admin/audit?act=", "/admin/audit?dataset=", "/api/templates?dataset=", "/request/orders?template=", "/sign-in?returnUrl=", "/sign-in?because=", "/api/verify?export=", "/admin/operations?act=",
            ];
            foreach (var place in places)
            {
                foreach (var value in new[] { "%00", "a%00b", "%ED%A0%80", "%FF", new string('a', 199) + "%F0%9F%98%80" })
                {
                    all.Add(place + value);
                }
            }

            return all;
        }
    }

    public static TheoryData<string> Options => ["nullText", "delimiter", "quote", "decimal", "dateFormat", "culture", "profile", "header", "lineEnd", "compression"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task In_an_address_it_finds_nothing(string address)
    {
        using var answer = await access.App.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    [Theory]
    [MemberData(nameof(Options))]
    public async Task In_an_option_it_is_a_fault(string option)
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);

        using var answer = await anna.PostAsync(
            new Uri("/api/exports", UriKind.Relative),
            new StringContent($$$"""{"dataset":"orders","format":"csv","options":{"{{{option}}}":"\u0000"}}""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/account", "/account?handler=token", "tokenName")]
    [InlineData("/account", "/account?handler=password", "next")]
    [InlineData("/account", "/account?handler=password", "current")]
    [InlineData("/admin/users", "/admin/users?handler=create", "name")]
    [InlineData("/admin/users", "/admin/users?handler=create", "roles")]
    [InlineData("/admin/users", "/admin/users?handler=roles", "roles")]
    [InlineData("/admin/users", "/admin/users?handler=attributes", "attributes")]
    [InlineData("/admin/users", "/admin/users?handler=quota", "quota")]
    [InlineData("/admin/operations?act=pause", "/admin/operations", "reason")]
    [InlineData("/request/orders", "/request/orders?send", "nullText")]
    [InlineData("/request/orders", "/request/orders?send", "timeZone")]
    [InlineData("/request/orders", "/request/orders?send", "key")]
    [InlineData("/sign-in", "/sign-in", "returnUrl")]
    [InlineData("/sign-in", "/sign-in", "password")]
    [InlineData("/verify", "/verify", "sha256")]
    public async Task In_a_form_of_parts_it_breaks_nothing(string page, string action, string field)
    {
        var admin = page == "/sign-in" ? access.NewClient() : await access.SignedInAsync(FirstAdministrator.Name);
        var form = (await PageForms.FieldsAsync(admin, page, action)).Where(given => given.Key != field).Append(new(field, "a\0b"));

        using var answer = await PageForms.SendStreamedAsync(admin, action, form);

        Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
