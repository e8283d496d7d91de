using System.ComponentModel.DataAnnotations;

namespace ExportHub.Access.Safeguards;

/// <summary>Settings under `Limits`: how often one person may ask one instance, or one address where nobody has signed in. 0 sets no limit.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>Exports asked for and started again.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Limits:CreatePerMinute must be between 0 and 1000000.")]
    public int CreatePerMinute { get; set; } = 60;

    /// <summary>Status documents. A client that follows `poll` asks for one at most once a second.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Limits:PollPerMinute must be between 0 and 1000000.")]
    public int PollPerMinute { get; set; } = 1200;

    /// <summary>Files, each range of one too.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Limits:DownloadPerMinute must be between 0 and 1000000.")]
    public int DownloadPerMinute { get; set; } = 300;

    /// <summary>Previews. The page of a request asks for one at most when typing rests.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Limits:PreviewPerMinute must be between 0 and 1000000.")]
    public int PreviewPerMinute { get; set; } = 120;

    /// <summary>Sign-ins tried.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Limits:SignInPerMinute must be between 0 and 1000000.")]
    public int SignInPerMinute { get; set; } = 30;

    /// <summary>Everything else.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Limits:OtherPerMinute must be between 0 and 1000000.")]
    public int OtherPerMinute { get; set; } = 1200;

    public int PerMinute(LimitKind kind) => kind switch
    {
        LimitKind.Create => CreatePerMinute,
        LimitKind.Poll => PollPerMinute,
        LimitKind.Download => DownloadPerMinute,
        LimitKind.Preview => PreviewPerMinute,
        LimitKind.SignIn => SignInPerMinute,
        _ => OtherPerMinute,
    };
}

/// <summary>What is counted apart, so that one does not use up the other.</summary>
internal enum LimitKind
{
    Other,
    Create,
    Poll,
    Download,
    Preview,
    SignIn,
}

/// <summary>Says what a call of this endpoint counts as. Create and sign-in count what is sent, not the form that is looked at.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CountsAsAttribute(LimitKind kind) : Attribute
{
    public LimitKind Kind { get; } = kind;
}
