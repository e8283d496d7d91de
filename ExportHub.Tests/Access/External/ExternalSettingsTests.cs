using ExportHub.Access;
using ExportHub.Access.External;
using Microsoft.Extensions.Configuration;

namespace ExportHub.Tests.Access.External;

/// <summary>A wrong setting stops the start with a sentence that names it.</summary>
public sealed class ExternalSettingsTests
{
    [Theory]
    [InlineData("10.0.0.5", null)]
    [InlineData("10.0.0.5, 10.1.0.0/16, fd00::/8, ::1", null)]
    [InlineData("", null)]
    [InlineData("proxy.example", "Access:Proxy:Addresses")]
    [InlineData("10.0.0.0/33", "Access:Proxy:Addresses")]
    [InlineData("10.0.0.5; 10.0.0.6", "Access:Proxy:Addresses")]
    public void Addresses_of_a_proxy_are_addresses_or_networks(string addresses, string? named) =>
        AssertNames(named, new CheckProxyOptions().Validate(null, new ProxyOptions { Addresses = addresses }).FailureMessage);

    [Fact]
    public void A_header_has_a_name_that_headers_can_have() =>
        AssertNames("Access:Proxy:UserHeader", new CheckProxyOptions().Validate(null, new ProxyOptions { UserHeader = "X User" }).FailureMessage);

    [Theory]
    [InlineData("sales, support", null)]
    [InlineData("", "Access:Groups:Bosses")]
    [InlineData("Sales!", "Access:Groups:Bosses")]
    public void A_group_stands_for_roles(string roles, string? named) =>
        AssertNames(named, new CheckGroups().Validate(null, new AccessOptions { Groups = new() { ["Bosses"] = roles } }).FailureMessage);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("AuthorizationEndpoint", null, "Access:OpenId:AuthorizationEndpoint")]
    [InlineData("AuthorizationEndpoint", "http://provider.example/authorize", "Access:OpenId:AuthorizationEndpoint")]
    [InlineData("TokenEndpoint", "/token", "Access:OpenId:TokenEndpoint")]
    [InlineData("UserInformationEndpoint", "ftp://provider.example/me", "Access:OpenId:UserInformationEndpoint")]
    [InlineData("ClientId", null, "Access:OpenId:ClientId")]
    [InlineData("ClientSecret", " ", "Access:OpenId:ClientSecret")]
    public void A_provider_has_all_that_is_needed(string? setting, string? value, string? named)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Access:OpenId:AuthorizationEndpoint"] = "https://provider.example/authorize", ["Access:OpenId:TokenEndpoint"] = "https://provider.example/token",
            ["Access:OpenId:UserInformationEndpoint"] = "http://127.0.0.1:8080/userinfo", ["Access:OpenId:ClientId"] = "exporthub", ["Access:OpenId:ClientSecret"] = "secret",
        };
        if (setting is not null)
        {
            settings[$"Access:OpenId:{setting}"] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

        AssertNames(named, new CheckOpenIdOptions(configuration).Validate(null, configuration.GetSection(OpenIdOptions.Section).Get<OpenIdOptions>()!).FailureMessage);
    }

    [Fact]
    public async Task The_start_is_stopped()
    {
        var app = new TestApp().With("Access:OpenId:ClientId", "exporthub");
        await app.InitializeAsync();
        try
        {
            var refused = Assert.ThrowsAny<Exception>(() => app.Client);

            Assert.Contains("Access:OpenId:TokenEndpoint must be an https address", refused.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static void AssertNames(string? named, string? fault)
    {
        if (named is null)
        {
            Assert.Null(fault);
        }
        else
        {
            Assert.Contains(named, fault, StringComparison.Ordinal);
        }
    }
}
