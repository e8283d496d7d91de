using Xunit.Abstractions;
using Xunit.Sdk;

namespace ExportHub.Tests.Files.Servers;

/// <summary>A test that several classes inherit, of which those with <see cref="NeedsPackageAttribute"/> skip it where the package is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("ExportHub.Tests.Files.Servers." + nameof(StoreFactDiscoverer), "ExportHub.Tests")]
internal sealed class StoreFactAttribute : FactAttribute;

/// <summary>Names the package of node that all <see cref="StoreFactAttribute"/> tests of a class need.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsPackageAttribute(string package) : Attribute
{
    public string? Missing { get; } = NodePackages.Missing(package);
}

internal sealed class StoreFactDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new StoreTestCase(sink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

/// <summary>xunit asks a test case for the reason, and gives it the attribute of the method only.</summary>
internal sealed class StoreTestCase : XunitTestCase
{
    public StoreTestCase(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(sink, display, options, method)
    {
    }

    [Obsolete("For deserialization.")]
    public StoreTestCase()
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsPackageAttribute)).FirstOrDefault()?.GetNamedArgument<string?>(nameof(NeedsPackageAttribute.Missing));
}
