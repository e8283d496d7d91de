using ExportHub.Exports;

namespace ExportHub.Tests.Files;

/// <summary>What an export would make of a fault of its store.</summary>
internal static class StorageFailure
{
    public static void AssertDenied(Exception fault, string message)
    {
        var failure = Failure.Of(fault);
        Assert.Equal("storage_denied", failure.Code);
        Assert.False(failure.Transient);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    public static void AssertTransient(Exception fault)
    {
        var failure = Failure.Of(fault);
        Assert.Equal("storage_unavailable", failure.Code);
        Assert.True(failure.Transient);
    }
}
