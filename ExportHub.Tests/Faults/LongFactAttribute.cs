namespace ExportHub.Tests.Faults;

/// <summary>A test of many minutes; skipped unless it is asked for.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() =>
        Skip = FaultForm.Long ? null : "Takes many minutes: EXPORTHUB_FAULTS=long dotnet test --filter FullyQualifiedName~Tests.Faults";
}
