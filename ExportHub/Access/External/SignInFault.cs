namespace ExportHub.Access.External;

/// <summary>What the sign-in page says about a way back that failed: `/sign-in?because=…`.</summary>
internal enum SignInFault
{
    /// <summary>The provider says that the person did not want to.</summary>
    Denied,

    /// <summary>The way back does not belong to this browser, is too old or was used before, or the provider answered with an error.</summary>
    Failed,

    /// <summary>The browser sent no cookie with the form.</summary>
    Cookie,

    Name,

    Taken,

    Disabled,
}

internal static class SignInFaults
{
    public static SignInFault Of(ExternalRefusal refusal) => refusal switch
    {
        ExternalRefusal.Disabled => SignInFault.Disabled,
        ExternalRefusal.Taken => SignInFault.Taken,
        _ => SignInFault.Name,
    };

    public static string Sentence(this SignInFault fault) => fault switch
    {
        SignInFault.Denied => "You were not signed in, because you or the provider said no. You can try again.",
        SignInFault.Failed => "You were not signed in: the way back from the provider did not fit, or the provider answered with an error. Try again from here.",
        SignInFault.Cookie => "You were not signed in: the browser kept no cookie, or this page was open for long. Try again; if it happens again, allow cookies for this address.",
        SignInFault.Disabled => new SignInRefusal(ExternalRefusal.Disabled).Sentence,
        SignInFault.Taken => new SignInRefusal(ExternalRefusal.Taken).Sentence,
        _ => new SignInRefusal(ExternalRefusal.Name).Sentence,
    };

    /// <summary>Whether coming again would end in the same.</summary>
    public static bool IsFinal(this SignInFault fault) => fault is SignInFault.Name or SignInFault.Taken or SignInFault.Disabled;
}
