namespace ExportHub.Exports;

/// <summary>Which part of the work one instance does.</summary>
internal enum InstanceRole
{
    /// <summary>All of it.</summary>
    All,

    /// <summary>Answers people and programs, and takes exports; makes none.</summary>
    Web,

    /// <summary>Makes exports; answers how healthy it is and nothing else.</summary>
    Worker,
}

/// <summary>Settings under `ExportHub`.</summary>
internal sealed class InstanceOptions
{
    public const string Section = "ExportHub";

    /// <summary>`All`, `Web` or `Worker`.</summary>
    public string Role { get; set; } = nameof(InstanceRole.All);

    /// <summary>For what is decided while services are still being added.</summary>
    /// <exception cref="InvalidOperationException">It is none of the three; the message says so.</exception>
    public static InstanceRole RoleOf(IConfiguration configuration)
    {
        var said = (configuration.GetSection(Section).Get<InstanceOptions>() ?? new()).Role.Trim();
        return Enum.GetNames<InstanceRole>().FirstOrDefault(name => name.Equals(said, StringComparison.OrdinalIgnoreCase)) is { } role
            ? Enum.Parse<InstanceRole>(role)
            : throw new InvalidOperationException($"ExportHub:Role is '{said}', but it must be All, Web or Worker.");
    }
}
