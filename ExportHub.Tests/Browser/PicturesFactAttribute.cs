namespace ExportHub.Tests.Browser;

/// <summary>Only takes pictures; skipped when nobody asks for them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PicturesFactAttribute : FactAttribute
{
    public PicturesFactAttribute() =>
        Skip = BrowserFactAttribute.WhyNot ?? (Pictures.Folder is null ? "EXPORTHUB_TEST_PICTURES names no folder for pictures." : null);
}
