using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExportHub.Access;

/// <summary>What a signed-in person carries: id, name, roles and the stamp by which a session is ended.</summary>
internal sealed class UserPrincipals(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<User>
{
    public Task<ClaimsPrincipal> CreateAsync(User user)
    {
        var types = options.Value.ClaimsIdentity;
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, types.UserNameClaimType, types.RoleClaimType);
        identity.AddClaim(new Claim(types.UserIdClaimType, user.Id.ToString()));
        identity.AddClaim(new Claim(types.UserNameClaimType, user.Name));
        identity.AddClaim(new Claim(types.SecurityStampClaimType, user.SecurityStamp));
        identity.AddClaims(user.Roles.Select(role => new Claim(types.RoleClaimType, role)));
        return Task.FromResult(new ClaimsPrincipal(identity));
    }
}
