namespace ExportHub.Access.External;

/// <summary>Somebody whom a proxy or a provider names.</summary>
internal sealed record ExternalPerson
{
    /// <summary><see cref="Origins.Proxy"/> or <see cref="Origins.OpenId"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>What stays the same over there for as long as it is the same person.</summary>
    public required string Subject { get; init; }

    public required string Name { get; init; }

    public string? Email { get; init; }

    public required IReadOnlyCollection<string> Groups { get; init; }

    /// <summary>By the names of `Access:Attributes`: a text, or several.</summary>
    public required IReadOnlyDictionary<string, object> Attributes { get; init; }
}

/// <summary>Why somebody whom others vouch for is not let in.</summary>
internal enum ExternalRefusal
{
    /// <summary>The name is missing, too long or has characters that names may not have.</summary>
    Name,

    /// <summary>There is an account of this name that belongs to somebody else.</summary>
    Taken,

    Disabled,
}

/// <summary>The person, or why not.</summary>
internal readonly record struct ExternalAnswer(User? User, ExternalRefusal? Refusal);

/// <summary>Why this request was refused, for the page that says so.</summary>
internal sealed record SignInRefusal(ExternalRefusal Reason)
{
    public string Sentence => Reason switch
    {
        ExternalRefusal.Disabled => "Your account is disabled. An administrator can enable it again.",
        ExternalRefusal.Taken => "There is an account of your name that belongs to another way of signing in. An administrator has to give one of the two another name.",
        _ => "You were signed in under a name that ExportHub cannot use: it may have 1 to 100 letters from a to z, digits and the characters - . _ @ +.",
    };
}
