using ExportHub.Datasets;

namespace ExportHub.Pages.Datasets;

/// <summary>The first rows under the titles of their columns.</summary>
public sealed class SampleView
{
    internal SampleView(Dataset dataset, SampledRows sample) => (Dataset, Sample) = (dataset, sample);

    internal Dataset Dataset { get; }

    internal SampledRows Sample { get; }
}
